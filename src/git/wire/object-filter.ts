/**
 * Filters of partial clones: what to leave out of a pack, to be fetched when it is needed.
 *
 *     blob:none        no blobs
 *     blob:limit=10k   no blobs of that many bytes or more (k, m, g)
 *     tree:2           no trees and blobs that deep or deeper; a root tree has the depth 0
 *     combine:a+b      what both filters let through, each percent-encoded
 *
 * https://git-scm.com/docs/git-rev-list#Documentation/git-rev-list.txt---filterltfilter-specgt
 */
import { WireError } from './wire-error.ts'

export interface ObjectFilter {
  /** Blobs of this size and more stay out, bytes. */
  readonly blobLimit: number
  /** Trees and blobs at this depth and below stay out. */
  readonly treeDepth: number
}

export const KEEP_ALL: ObjectFilter = {
  blobLimit: Number.POSITIVE_INFINITY,
  treeDepth: Number.POSITIVE_INFINITY,
}

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }
const MOST_COMBINED = 64

/** Throws WireError for a filter that is not known here. */
export function parseFilter(spec: string): ObjectFilter {
  if (spec === 'blob:none') return { ...KEEP_ALL, blobLimit: 0 }
  const limit = /^blob:limit=(\d{1,15})([kmg]?)$/i.exec(spec)
  if (limit) return { ...KEEP_ALL, blobLimit: Number(limit[1]) * (UNITS[limit[2]!.toLowerCase()] ?? 1) }
  const depth = /^tree:(\d{1,9})$/.exec(spec)
  if (depth) return { ...KEEP_ALL, treeDepth: Number(depth[1]) }
  if (spec.startsWith('combine:')) return combine(spec.slice('combine:'.length).split('+'))
  throw new WireError(`invalid filter-spec '${spec}'`)
}

function combine(specs: readonly string[]): ObjectFilter {
  if (specs.length > MOST_COMBINED) throw new WireError('too many filters combined')
  const filters = specs.map((spec) => parseFilter(decode(spec)))
  return {
    blobLimit: Math.min(...filters.map(({ blobLimit }) => blobLimit)),
    treeDepth: Math.min(...filters.map(({ treeDepth }) => treeDepth)),
  }
}

function decode(spec: string): string {
  try {
    const decoded = decodeURIComponent(spec)
    // Nested combinations would let a short request grow without end, and git's client never sends any.
    if (!decoded.startsWith('combine:')) return decoded
  } catch {
    // Answered below, like everything else that is no filter.
  }
  throw new WireError(`invalid filter-spec '${spec}'`)
}
