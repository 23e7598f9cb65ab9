import type { ObjectType, Oid } from './model.ts'
import { isObjectType } from './object-id.ts'

/** What one object needs to be complete. */
export interface ObjectNeed {
  readonly oid: Oid
  readonly type: ObjectType
}

const OID_DIGITS = 40
const TREE_LINE = 'tree '.length + OID_DIGITS + 1
const PARENT_LINE = 'parent '.length + OID_DIGITS + 1
const OBJECT_LINE = 'object '.length + OID_DIGITS + 1
const SPACE = 0x20
const OID_BYTES = 20

/**
 * All of it; a submodule's commit is kept elsewhere and no part of it. The object has to have
 * passed the check of its form.
 */
export function readObjectNeeds(type: ObjectType, data: Buffer): Iterable<ObjectNeed> {
  if (type === 'tree') return readTreeLinks(data)
  if (type === 'commit') return readCommitLinks(data)
  return type === 'tag' ? [readTagLink(data)] : []
}

function readCommitLinks(data: Buffer): ObjectNeed[] {
  const links: ObjectNeed[] = [{ oid: oidAt(data, 'tree '.length), type: 'tree' }]
  for (let at = TREE_LINE; data.toString('latin1', at, at + 7) === 'parent '; at += PARENT_LINE) {
    links.push({ oid: oidAt(data, at + 'parent '.length), type: 'commit' })
  }
  return links
}

function readTagLink(data: Buffer): ObjectNeed {
  const start = OBJECT_LINE + 'type '.length
  const type = data.toString('latin1', start, data.indexOf(0x0a, start))
  return { oid: oidAt(data, 'object '.length), type: isObjectType(type) ? type : 'blob' }
}

function* readTreeLinks(data: Buffer): Generator<ObjectNeed> {
  for (let at = 0; at < data.length; ) {
    const space = data.indexOf(SPACE, at)
    const nul = data.indexOf(0, space)
    const mode = data.toString('latin1', at, space).replace(/^0+/, '')
    const next = nul + 1 + OID_BYTES
    if (mode !== '160000') {
      yield { oid: data.toString('hex', nul + 1, next), type: mode === '40000' ? 'tree' : 'blob' }
    }
    at = next
  }
}

function oidAt(data: Buffer, at: number): Oid {
  return data.toString('latin1', at, at + OID_DIGITS)
}
