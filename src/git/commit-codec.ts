import { fail } from '../failure.ts'
import type { Commit, Oid, Signature } from './model.ts'
import {
  foldHeader,
  type ObjectHeader,
  readFoldedHeader,
  readLayout,
  readOidHeader,
} from './object-headers.ts'
import { decodeSignature, encodeSignature } from './signature.ts'
import { decodeText } from './text-encoding.ts'

/**
 * Reads a commit. Headers it does not know (`mergetag`, `HG:extra` …) are passed over; a missing author or committer is read as
 * an empty one.
 *
 * Throws `object-corrupt` when the tree or a parent is not an object id.
 */
export function decodeCommit(oid: Oid, data: Buffer): Commit {
  const { headers, bodyAt } = readLayout(data)
  const encoding = readEncoding(data, headers)
  const signature = findHeader(headers, 'gpgsig')
  return {
    oid,
    tree: readTree(oid, data, headers),
    parents: readParents(oid, data, headers),
    author: readSignature(data, findHeader(headers, 'author'), encoding),
    committer: readSignature(data, findHeader(headers, 'committer'), encoding),
    message: decodeText(data, bodyAt, data.length, encoding),
    signature: signature === undefined ? null : readFoldedHeader(data, signature),
  }
}

/** Writes a commit as git does, in UTF-8. */
export function encodeCommit(commit: Omit<Commit, 'oid'>): Buffer {
  const parents = commit.parents.map((parent) => `parent ${parent}\n`).join('')
  const people = `author ${encodeSignature(commit.author)}\ncommitter ${encodeSignature(commit.committer)}\n`
  const signature = commit.signature === null ? '' : foldHeader('gpgsig', commit.signature)
  return Buffer.from(`tree ${commit.tree}\n${parents}${people}${signature}\n${commit.message}`)
}

function readTree(oid: Oid, data: Buffer, headers: readonly ObjectHeader[]): Oid {
  const first = headers[0]
  const tree = first?.key === 'tree' ? readOidHeader(data, first) : null
  return tree ?? fail('object-corrupt', { oid, reason: 'the commit names no tree' })
}

function readParents(oid: Oid, data: Buffer, headers: readonly ObjectHeader[]): Oid[] {
  const parents = headers.filter(({ key }) => key === 'parent')
  return parents.map(
    (header) =>
      readOidHeader(data, header) ?? fail('object-corrupt', { oid, reason: 'a parent is not an object id' }),
  )
}

function readEncoding(data: Buffer, headers: readonly ObjectHeader[]): string | null {
  const header = findHeader(headers, 'encoding')
  return header === undefined ? null : data.toString('latin1', header.start, header.end)
}

function readSignature(data: Buffer, header: ObjectHeader | undefined, encoding: string | null): Signature {
  return decodeSignature(header === undefined ? '' : decodeText(data, header.start, header.end, encoding))
}

function findHeader(headers: readonly ObjectHeader[], key: string): ObjectHeader | undefined {
  return headers.find((header) => header.key === key)
}
