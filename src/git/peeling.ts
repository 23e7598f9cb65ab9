import { fail } from '../failure.ts'
import { decodeCommit } from './commit-codec.ts'
import type { Commit, ObjectType, Oid, RefFacts, TagObject } from './model.ts'
import { type ObjectSource, readObject } from './object-source.ts'
import { decodeTag } from './tag-codec.ts'

/** Tags of tags of tags: far more than anybody has, few enough to be read at once. */
const LONGEST_CHAIN = 1000

export interface PeeledObject {
  readonly oid: Oid
  readonly type: ObjectType
}

/** Objects whose types are at hand without reading them, as far as that can be. */
interface TypedSource extends ObjectSource {
  typeOf(oid: Oid): ObjectType
}

/** Objects whose commits, once decoded, are at hand. */
interface CommitSource extends ObjectSource {
  commit(oid: Oid): Commit
}

/** Follows tag objects to what they mark in the end. Throws `object-missing`, or `object-corrupt` for a chain without end. */
export function peelTarget(source: CommitSource, oid: Oid): PeeledObject {
  const { type, data } = readObject(source, oid)
  if (type !== 'tag') return { oid, type }
  const { object, objectType } = findLastTag(source, decodeTag(oid, data))
  // The commit's own copy of the id: a hundred thousand tags of one commit then share one string.
  if (objectType === 'commit') return { oid: source.commit(object).oid, type: objectType }
  return { oid: object, type: readObject(source, object).type }
}

/** Throws as `peelTarget` does. */
export function describeTarget(source: CommitSource, oid: Oid): RefFacts {
  const { type, data } = readObject(source, oid)
  if (type === 'commit') {
    const { time } = decodeCommit(oid, data).committer
    return { type, peeled: oid, peeledType: type, created: time, committed: time }
  }
  if (type !== 'tag') return { type, peeled: oid, peeledType: type, created: 0, committed: 0 }
  const tag = decodeTag(oid, data)
  const { object, objectType } = findLastTag(source, tag)
  // git sorts a tag object without a tagger as if it were from 1970, whatever the date of its commit.
  const created = tag.tagger?.time ?? 0
  if (objectType === 'commit') {
    const { oid: peeled, committer } = source.commit(object)
    return { type, peeled, peeledType: objectType, created, committed: committer.time }
  }
  return { type, peeled: object, peeledType: readObject(source, object).type, created, committed: 0 }
}

/**
 * The type of an object that a ref is to hold, once it is known to lead somewhere. Reads no commit, so that ten thousand refs
 * are looked at in no time. Throws as `peelTarget` does.
 */
export function readTargetType(source: TypedSource, oid: Oid): ObjectType {
  const type = source.typeOf(oid)
  if (type !== 'tag') return type
  const { oid: last, object, objectType } = findLastTag(source, decodeTag(oid, readObject(source, oid).data))
  const found = source.typeOf(object)
  if (found !== objectType)
    fail('object-corrupt', { oid: last, reason: `it calls a ${found} a ${objectType}` })
  return type
}

/** The tag object at the end of a chain of them. */
function findLastTag(source: ObjectSource, start: TagObject): TagObject {
  let tag = start
  for (let step = 0; step < LONGEST_CHAIN; step += 1) {
    if (tag.objectType !== 'tag') return tag
    const { type, data } = readObject(source, tag.object)
    if (type !== 'tag') return fail('object-corrupt', { oid: tag.oid, reason: `it calls a ${type} a tag` })
    tag = decodeTag(tag.object, data)
  }
  return fail('object-corrupt', {
    oid: start.oid,
    reason: `it leads to more than ${LONGEST_CHAIN} tag objects`,
  })
}
