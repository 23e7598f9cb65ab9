import { fail } from '../failure.ts'
import { decodeCommit } from './commit-codec.ts'
import { flattenText } from './flat-text.ts'
import type { Commit, ObjectType, Oid, RefFacts } from './model.ts'
import { type ObjectSource, peekObject } from './object-source.ts'
import { readTagHead, type TagHead } from './tag-head.ts'

/** Tags of tags of tags: far more than anybody has, few enough to be read at once. */
const LONGEST_CHAIN = 1000

/** Of tags of tags: few, so that this is kept beside the facts and not in all of them. */
const nested = new WeakSet<RefFacts>()

/** Whether a tag object stands between a ref's own and what these lead to in the end. */
export function isNested(facts: RefFacts): boolean {
  return nested.has(facts)
}

export interface PeeledObject {
  readonly oid: Oid
  readonly type: ObjectType
}

/** Objects whose commits, once decoded, are at hand. */
interface CommitSource extends ObjectSource {
  commit(oid: Oid): Commit
}

/** Follows tag objects to what they mark in the end. Throws `object-missing`, or `object-corrupt` for a chain without end. */
export function peelTarget(source: CommitSource, oid: Oid): PeeledObject {
  const { type, data } = peekObject(source, oid)
  if (type !== 'tag') return { oid, type }
  const { object, objectType } = findLastTag(source, oid, readTagHead(oid, data))
  // The commit's own copy of the id: a hundred thousand tags of one commit then share one string.
  if (objectType === 'commit') return { oid: source.commit(object).oid, type: objectType }
  return { oid: flattenText(object), type: requireType(source, object) }
}

/** Throws as `peelTarget` does. */
export function describeTarget(source: CommitSource, oid: Oid): RefFacts {
  const { type, data } = peekObject(source, oid)
  if (type === 'commit') {
    const { time } = decodeCommit(oid, data).committer
    return { type, peeled: oid, peeledType: type, created: time, committed: time }
  }
  if (type !== 'tag') return { type, peeled: oid, peeledType: type, created: 0, committed: 0 }
  const tag = readTagHead(oid, data)
  const facts = describeTag(source, tag, findLastTag(source, oid, tag))
  if (tag.objectType === 'tag') nested.add(facts)
  return facts
}

function describeTag(source: CommitSource, tag: TagHead, { object, objectType }: TagHead): RefFacts {
  const type = 'tag'
  // git sorts a tag object without a tagger as if it were from 1970, whatever the date of its commit.
  const created = tag.time
  if (objectType === 'commit') {
    const { oid: peeled, committer } = source.commit(object)
    return { type, peeled, peeledType: objectType, created, committed: committer.time }
  }
  const peeled = flattenText(object)
  return { type, peeled, peeledType: requireType(source, peeled), created, committed: 0 }
}

/**
 * The type of an object that a ref is to hold, once it is known to lead somewhere. Reads no commit, so that ten thousand refs
 * are looked at in no time. Throws as `peelTarget` does.
 */
export function readTargetType(source: ObjectSource, oid: Oid): ObjectType {
  const type = requireType(source, oid)
  if (type !== 'tag') return type
  const tag = findLastTag(source, oid, readTagHead(oid, peekObject(source, oid).data))
  const found = requireType(source, tag.object)
  if (found !== tag.objectType)
    fail('object-corrupt', { oid: tag.oid, reason: `it calls a ${found} a ${tag.objectType}` })
  return type
}

function requireType(source: ObjectSource, oid: Oid): ObjectType {
  return source.typeOf(oid) ?? fail('object-missing', { oid })
}

/** The tag object at the end of a chain of them. */
function findLastTag(source: ObjectSource, start: Oid, head: TagHead): TagHead & { readonly oid: Oid } {
  let oid = start
  let tag = head
  for (let step = 0; step < LONGEST_CHAIN; step += 1) {
    if (tag.objectType !== 'tag')
      return { oid, object: tag.object, objectType: tag.objectType, time: tag.time }
    const { type, data } = peekObject(source, tag.object)
    if (type !== 'tag') return fail('object-corrupt', { oid, reason: `it calls a ${type} a tag` })
    oid = tag.object
    tag = readTagHead(oid, data)
  }
  return fail('object-corrupt', {
    oid: start,
    reason: `it leads to more than ${LONGEST_CHAIN} tag objects`,
  })
}
