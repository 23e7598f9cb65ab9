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
const ZERO = 0x30
const FOLDER = 0o40000
const SUBMODULE = 0o160000
const OID_BYTES = 20

/**
 * All of it; a submodule's commit is kept elsewhere and no part of it. The object has to have
 * passed the check of its form.
 */
export function readObjectNeeds(type: ObjectType, data: Buffer): Iterable<ObjectNeed> {
  if (type === 'tree') return readTreeNeeds(data)
  if (type === 'commit') return readCommitNeeds(data)
  return type === 'tag' ? [readTagNeed(data)] : []
}

function readCommitNeeds(data: Buffer): ObjectNeed[] {
  const needs: ObjectNeed[] = [{ oid: oidAt(data, 'tree '.length), type: 'tree' }]
  for (let at = TREE_LINE; data.toString('latin1', at, at + 7) === 'parent '; at += PARENT_LINE) {
    needs.push({ oid: oidAt(data, at + 'parent '.length), type: 'commit' })
  }
  return needs
}

function readTagNeed(data: Buffer): ObjectNeed {
  const start = OBJECT_LINE + 'type '.length
  const type = data.toString('latin1', start, data.indexOf(0x0a, start))
  return { oid: oidAt(data, 'object '.length), type: isObjectType(type) ? type : 'blob' }
}

/** Byte by byte: there are dozens of entries to a tree, and a call of a Buffer's own search costs more than a short name. */
function* readTreeNeeds(data: Buffer): Generator<ObjectNeed> {
  for (let at = 0; at < data.length; ) {
    let mode = 0
    for (; data[at] !== SPACE; at += 1) mode = mode * 8 + (data[at]! - ZERO)
    while (data[at] !== 0) at += 1
    const next = at + 1 + OID_BYTES
    if (mode !== SUBMODULE) {
      yield { oid: data.toString('hex', at + 1, next), type: mode === FOLDER ? 'tree' : 'blob' }
    }
    at = next
  }
}

function oidAt(data: Buffer, at: number): Oid {
  return data.toString('latin1', at, at + OID_DIGITS)
}
