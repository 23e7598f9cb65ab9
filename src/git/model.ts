/** The shapes that `git/` speaks in. A value of these types is complete: nobody has to look anything up to use it. */

/** An object id: 40 lower-case hexadecimal digits (SHA-1). */
export type Oid = string

export type ObjectType = 'commit' | 'tree' | 'blob' | 'tag'

/** An object as git stores it, without the `type length\0` header. `data` is never mutated and never a view of a larger buffer. */
export interface RawObject {
  readonly type: ObjectType
  readonly data: Buffer
}

/** An author, committer or tagger line. */
export interface Signature {
  readonly name: string
  readonly email: string
  /** Seconds since the epoch. */
  readonly time: number
  /** Minutes east of UTC: `+0530` is 330, `-0330` is -210. */
  readonly offset: number
}

export interface Commit {
  readonly oid: Oid
  readonly tree: Oid
  readonly parents: readonly Oid[]
  readonly author: Signature
  readonly committer: Signature
  /** Verbatim, trailing newline included. */
  readonly message: string
  /** The armoured `gpgsig` header, without its continuation spaces. */
  readonly signature: string | null
}

/** A tag object ("annotated tag"). */
export interface TagObject {
  readonly oid: Oid
  readonly object: Oid
  readonly objectType: ObjectType
  /** The name written inside the object; the ref's name is what counts. */
  readonly name: string
  /** Absent in very old objects. */
  readonly tagger: Signature | null
  /** Verbatim, without the signature block that may follow it. */
  readonly message: string
  /** The armoured signature block appended to the message, or null. */
  readonly signature: string | null
}

export interface TreeEntry {
  /** Octal as git writes it: 100644, 100755, 120000, 40000, 160000. */
  readonly mode: string
  readonly name: string
  readonly oid: Oid
}

/** What a ref's target leads to; computed once per ref value. */
export interface RefFacts {
  /** The type of the target itself. */
  readonly type: ObjectType
  /** The first object on the chain that is not a tag object. */
  readonly peeled: Oid
  readonly peeledType: ObjectType
  /** git's `creatordate`, epoch seconds: tagger date, else committer date, 0 for trees and blobs. */
  readonly created: number
  /** Committer date of the peeled commit, epoch seconds; 0 when there is no commit. */
  readonly committed: number
}

/** A tag as every face shows it. */
export interface Tag {
  /** The ref name after `refs/tags/`. */
  readonly name: string
  readonly target: Oid
  readonly targetType: ObjectType
  /** Null for a lightweight tag. */
  readonly annotation: TagObject | null
  readonly peeled: Oid
  readonly peeledType: ObjectType
  /** The peeled commit; null when the tag leads to a tree or a blob. */
  readonly commit: Commit | null
  /** As RefFacts.created. */
  readonly created: number
}

export interface Branch {
  /** The ref name after `refs/heads/`. */
  readonly name: string
  readonly commit: Commit
}

/** The ways in which refs can be ordered. Each is total: equal keys fall back to the name, ascending in both directions. */
export type RefOrder = 'name' | 'version' | 'created' | 'committed' | 'annotated-first'

export type Direction = 'asc' | 'desc'

/** One ref moving, appearing (`before` null) or going away (`after` null). */
export interface RefChange {
  /** Full name: `refs/tags/v1`. */
  readonly ref: string
  readonly before: Oid | null
  readonly after: Oid | null
}
