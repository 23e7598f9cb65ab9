/**
 * What objects lead to, read straight from their bytes. A fetch may walk a hundred thousand commits and trees of which it
 * needs neither names nor messages nor people.
 */
import { fail } from '../../failure.ts'
import type { Oid } from '../model.ts'
import { type ObjectSource, peekObject } from '../object-source.ts'

export interface CommitLinks {
  readonly oid: Oid
  readonly tree: Oid
  readonly parents: readonly Oid[]
  readonly committer: { /** Seconds since the epoch; 0 where it cannot be read. */ readonly time: number }
}

export interface TreeLink {
  readonly oid: Oid
  readonly isTree: boolean
}

const TREE_LINE = 'tree '.length + 40 + 1
const PARENT_LINE = 'parent '.length + 40 + 1
const TAG_HEAD = 'object '.length + 40
const FOLDER_MODE = 0x34 // '4', as in 40000; no other mode begins with it
const COMMITTER = Buffer.from('\ncommitter ')

/** The commits of a repository as they are linked, each read once. Made for one request. */
export class CommitGraph {
  readonly #source: ObjectSource
  readonly #known = new Map<Oid, CommitLinks>()

  constructor(source: ObjectSource) {
    this.#source = source
  }

  /** Throws `object-missing`, or `object-corrupt` when it is no commit. */
  commit(oid: Oid): CommitLinks {
    const known = this.#known.get(oid)
    if (known) return known
    const { type, data } = peekObject(this.#source, oid)
    if (type !== 'commit') return fail('object-corrupt', { oid, reason: `it is a ${type}, not a commit` })
    const links = readCommitLinks(oid, data)
    this.#known.set(oid, links)
    return links
  }
}

/** Throws `object-corrupt`. */
function readCommitLinks(oid: Oid, data: Buffer): CommitLinks {
  if (data.toString('latin1', 0, 5) !== 'tree ')
    fail('object-corrupt', { oid, reason: 'the commit names no tree' })
  const parents: Oid[] = []
  let at = TREE_LINE
  for (; data.toString('latin1', at, at + 7) === 'parent '; at += PARENT_LINE) {
    parents.push(data.toString('latin1', at + 7, at + 47))
  }
  return { oid, tree: data.toString('latin1', 5, 45), parents, committer: { time: readTime(data, at) } }
}

function readTime(data: Buffer, from: number): number {
  const start = data.indexOf(COMMITTER, from - 1)
  if (start < 0) return 0
  const end = data.indexOf(0x0a, start + 1)
  const line = data.toString('latin1', start + 1, end < 0 ? data.length : end)
  return Number(/> (\d+) [+-]\d+$/.exec(line)?.[1] ?? 0)
}

/** What a tag object marks. Throws `object-corrupt`. */
export function readTagLink(oid: Oid, data: Buffer): { readonly oid: Oid } {
  const head = data.toString('latin1', 0, TAG_HEAD)
  if (!head.startsWith('object ')) fail('object-corrupt', { oid, reason: 'the tag names no object' })
  return { oid: head.slice(7) }
}

/** The trees and blobs in a tree; submodules are left out. Throws `object-corrupt`. */
export function* readTreeLinks(oid: Oid, data: Buffer): Generator<TreeLink> {
  for (let at = 0; at < data.length; ) {
    const nul = data.indexOf(0, at)
    if (nul < 0 || nul + 21 > data.length)
      fail('object-corrupt', { oid, reason: 'the tree ends within an entry' })
    const isSubmodule = data.toString('latin1', at, at + 3) === '160'
    if (!isSubmodule) yield { oid: data.toString('hex', nul + 1, nul + 21), isTree: data[at] === FOLDER_MODE }
    at = nul + 21
  }
}
