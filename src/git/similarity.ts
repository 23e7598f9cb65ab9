import { isBinary } from './text-merge.ts'

/** What a similarity is counted in: this much is the same file. */
export const SAME = 60_000
/** Two files are one that was renamed when at least this much of the larger one is in both. */
export const SIMILAR = SAME / 2

/** A line ends here at the latest, as far as similarity goes. */
const LONGEST_CHUNK = 64

/** How many bytes of a file there are of each of its lines. */
export interface Fingerprint {
  /** Bytes. */
  readonly size: number
  readonly chunks: ReadonlyMap<string, number>
}

/** Cuts a file into its lines, long ones into pieces; a carriage return at the end of a line of text does not count. */
export function fingerprint(data: Buffer): Fingerprint {
  const chunks = new Map<string, number>()
  const text = data.toString('latin1')
  const pieces = isBinary(data) ? text : text.replaceAll('\r\n', '\n')
  let start = 0
  while (start < pieces.length) {
    const newline = pieces.indexOf('\n', start)
    const lineEnd = newline < 0 ? Number.POSITIVE_INFINITY : newline + 1
    const end = Math.min(lineEnd, start + LONGEST_CHUNK)
    // git 2.39 does not count what is left at the end, when that is no whole line.
    if (end > pieces.length) break
    const chunk = pieces.slice(start, end)
    chunks.set(chunk, (chunks.get(chunk) ?? 0) + chunk.length)
    start = end
  }
  return { size: data.length, chunks }
}

/** The part of the larger of two files that is in both, from 0 to SAME; 0 when they cannot be similar for their sizes. */
export function similarity(a: Fingerprint, b: Fingerprint): number {
  const [smaller, larger] = [Math.min(a.size, b.size), Math.max(a.size, b.size)]
  if (larger === 0 || smaller * SAME < larger * SIMILAR) return 0
  let copied = 0
  for (const [chunk, size] of a.chunks) copied += Math.min(size, b.chunks.get(chunk) ?? 0)
  return Math.floor((copied * SAME) / larger)
}
