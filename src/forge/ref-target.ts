import { changedFiles } from '../git/tree-diff.ts'
import type { Commit, Oid, TagObject } from './model.ts'
import type { Project } from './project.ts'

/** What a ref holds or held. Objects stay when refs go, so this can be asked of the past as well. */
export interface RefTarget {
  readonly oid: Oid
  /** Null unless the ref holds a tag object. */
  readonly annotation: TagObject | null
  /** The peeled commit; null for what leads to a tree or a blob. */
  readonly commit: Commit | null
}

export interface ChangedPaths {
  readonly added: readonly string[]
  readonly modified: readonly string[]
  readonly removed: readonly string[]
}

/** Throws `object-missing`. */
export function targetOf({ repository: { objects } }: Project, oid: Oid): RefTarget {
  const { type, peeled, peeledType } = objects.describe(oid)
  return {
    oid,
    annotation: type === 'tag' ? objects.tag(oid) : null,
    commit: peeledType === 'commit' ? objects.commit(peeled) : null,
  }
}

/** The files that a commit touched against its first parent, in byte order. */
export function changedPaths({ repository }: Project, { oid }: Commit): ChangedPaths {
  const changes = changedFiles(repository, oid)
  const pathsOf = (kind: (typeof changes)[number]['kind']) =>
    changes.filter((change) => change.kind === kind).map(({ path }) => path)
  return { added: pathsOf('added'), modified: pathsOf('modified'), removed: pathsOf('removed') }
}
