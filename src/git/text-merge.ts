import { diffHistogram } from './histogram-diff.ts'
import { findHunks, type Hunk, LineNumbers, splitLines } from './line-hunks.ts'

/** git looks for a NUL byte in this many bytes to tell a binary file. */
const BINARY_PROBE = 8000

export function isBinary(data: Buffer): boolean {
  return data.subarray(0, BINARY_PROBE).includes(0)
}

/** Hunks of both sides that touch each other, or one that touches none. */
interface Cluster {
  readonly ours: Hunk[]
  readonly theirs: Hunk[]
  start: number
  end: number
}

/**
 * Merges two versions of a text that come from `base`, as git does: what one side changed is taken over; where both changed
 * the same lines, or lines that touch, both must have made them the same. Null: they have not, or a file is binary.
 */
export function mergeTexts(base: Buffer, ours: Buffer, theirs: Buffer): Buffer | null {
  if ([base, ours, theirs].some(isBinary)) return null
  const texts = [base, ours, theirs].map(splitLines) as [string[], string[], string[]]
  const numbers = new LineNumbers()
  const [baseLines, ourLines, theirLines] = texts.map((text) => numbers.of(text)) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ]
  const clusters = gather(
    findHunks(baseLines, ourLines, diffHistogram),
    findHunks(baseLines, theirLines, diffHistogram),
  )
  const merged: string[] = []
  let at = 0
  for (const cluster of clusters) {
    append(merged, texts[0], at, cluster.start)
    const lines = settle(cluster, texts)
    if (!lines) return null
    append(merged, lines, 0, lines.length)
    at = cluster.end
  }
  append(merged, texts[0], at, texts[0].length)
  return Buffer.from(merged.join(''), 'latin1')
}

/** Puts hunks together that overlap or touch. Those of one side never do: there is a line between them that stays. */
function gather(ours: readonly Hunk[], theirs: readonly Hunk[]): Cluster[] {
  const all = [
    ...ours.map((hunk) => ({ hunk, side: 'ours' as const })),
    ...theirs.map((hunk) => ({ hunk, side: 'theirs' as const })),
  ].sort((a, b) => a.hunk.start - b.hunk.start)
  const clusters: Cluster[] = []
  for (const { hunk, side } of all) {
    let cluster = clusters.at(-1)
    if (!cluster || cluster.end < hunk.start) {
      cluster = { ours: [], theirs: [], start: hunk.start, end: hunk.end }
      clusters.push(cluster)
    }
    cluster[side].push(hunk)
    cluster.end = Math.max(cluster.end, hunk.end)
  }
  return clusters
}

/** What a cluster becomes, or null where the sides disagree. */
function settle(
  cluster: Cluster,
  [base, ours, theirs]: readonly [string[], string[], string[]],
): string[] | null {
  const mine = rewrite(cluster, cluster.ours, base, ours)
  const yours = rewrite(cluster, cluster.theirs, base, theirs)
  if (cluster.theirs.length === 0) return mine
  if (cluster.ours.length === 0) return yours
  return mine.length === yours.length && mine.every((line, i) => line === yours[i]) ? mine : null
}

/** The lines of a cluster's range as one side has them. */
function rewrite(
  { start, end }: Cluster,
  hunks: readonly Hunk[],
  base: readonly string[],
  side: readonly string[],
): string[] {
  const lines: string[] = []
  let at = start
  for (const hunk of hunks) {
    append(lines, base, at, hunk.start)
    append(lines, side, hunk.newStart, hunk.newEnd)
    at = hunk.end
  }
  append(lines, base, at, end)
  return lines
}

function append(lines: string[], from: readonly string[], start: number, end: number): void {
  for (let at = start; at < end; at++) lines.push(from[at]!)
}
