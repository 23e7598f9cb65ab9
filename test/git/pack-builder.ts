import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import type { ObjectType, Oid } from '../../src/git/model.ts'
import { hashObject } from '../../src/git/object-id.ts'
import { encodePackEntryHeader } from '../../src/git/pack-entry.ts'

/** Packs made by hand, entry by entry, right or wrong. */
export class PackBuilder {
  readonly #parts: Buffer[] = []
  #size = 12
  #count = 0

  /** Where the next entry will begin. */
  get at(): number {
    return this.#size
  }

  /** Adds an object and answers where its entry begins. */
  whole(type: ObjectType, data: string | Buffer): number {
    const bytes = Buffer.from(data)
    return this.raw(encodePackEntryHeader(type, bytes.length), deflateSync(bytes))
  }

  /** A delta against the entry that begins at `baseAt`. */
  ofsDelta(baseAt: number, delta: Buffer): number {
    const head = sizeHead(6, delta.length)
    return this.raw(Buffer.concat([head, offsetBytes(this.at - baseAt)]), deflateSync(delta))
  }

  refDelta(base: Oid, delta: Buffer): number {
    const head = sizeHead(7, delta.length)
    return this.raw(Buffer.concat([head, Buffer.from(base, 'hex')]), deflateSync(delta))
  }

  raw(...parts: readonly Buffer[]): number {
    const at = this.#size
    this.#parts.push(...parts)
    this.#size += parts.reduce((sum, part) => sum + part.length, 0)
    this.#count += 1
    return at
  }

  /** The whole pack; `count` may lie. */
  build(count = this.#count): Buffer {
    const head = Buffer.from('PACK\0\0\0\x02\0\0\0\0', 'latin1')
    head.writeUInt32BE(count, 8)
    return withChecksum(Buffer.concat([head, ...this.#parts]))
  }
}

export function withChecksum(pack: Buffer): Buffer {
  return Buffer.concat([pack, createHash('sha1').update(pack).digest()])
}

/** A pack of a few objects as they are. */
export function packOf(...objects: readonly (readonly [ObjectType, string | Buffer])[]): Buffer {
  const builder = new PackBuilder()
  for (const [type, data] of objects) builder.whole(type, data)
  return builder.build()
}

/** The delta that makes `after` of `before`: what they have in common at the beginning is copied, the rest inserted. */
export function deltaOf(before: Buffer, after: Buffer): Buffer {
  let common = 0
  while (common < before.length && common < 0xffff && before[common] === after[common]) common += 1
  if (common >= after.length) common = after.length
  const codes: Buffer[] = [varint(before.length), varint(after.length)]
  if (common > 0) codes.push(Buffer.from([0xb0, common & 0xff, common >> 8]))
  for (let at = common; at < after.length; at += 127) {
    const piece = after.subarray(at, at + 127)
    codes.push(Buffer.from([piece.length]), piece)
  }
  return Buffer.concat(codes)
}

/** A stream that gives these bytes in pieces of so many. */
export async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const BLOB = Buffer.from('hello\n')
const BLOB_OID = hashObject('blob', BLOB)

/** Objects in the form that a forge takes, with their ids. */
export const sample = {
  blob: { data: BLOB, oid: BLOB_OID },
  tree(name = 'hello.txt', blob = BLOB_OID): { data: Buffer; oid: Oid } {
    const data = Buffer.concat([Buffer.from(`100644 ${name}\0`), Buffer.from(blob, 'hex')])
    return { data, oid: hashObject('tree', data) }
  },
  commit(tree: Oid, parents: readonly Oid[] = [], message = 'A commit\n'): { data: Buffer; oid: Oid } {
    const lines = [`tree ${tree}`, ...parents.map((oid) => `parent ${oid}`)]
    const person = 'Ada <ada@example.test> 1700000000 +0000'
    const data = Buffer.from(`${lines.join('\n')}\nauthor ${person}\ncommitter ${person}\n\n${message}`)
    return { data, oid: hashObject('commit', data) }
  },
  tag(object: Oid, type: ObjectType = 'commit', name = 'v1'): { data: Buffer; oid: Oid } {
    const person = 'Ada <ada@example.test> 1700000000 +0000'
    const data = Buffer.from(`object ${object}\ntype ${type}\ntag ${name}\ntagger ${person}\n\nA tag\n`)
    return { data, oid: hashObject('tag', data) }
  },
}

function sizeHead(kind: number, size: number): Buffer {
  const head = encodePackEntryHeader('commit', size)
  head.writeUInt8((head.readUInt8(0) & 0x8f) | (kind << 4), 0)
  return head
}

function offsetBytes(distance: number): Buffer {
  const bytes = [distance & 127]
  for (let rest = Math.floor(distance / 128); rest > 0; rest = Math.floor(rest / 128)) {
    rest -= 1
    bytes.unshift(128 | (rest & 127))
  }
  return Buffer.from(bytes)
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest & 127) | 128)
  return Buffer.from([...bytes, rest])
}
