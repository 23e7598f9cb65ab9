import { diffArrays } from 'diff/lib/diff/array.js'

/** Beyond this many edits two files are taken to have nothing more in common: finding out costs the square of it. */
const maxEdits = 2000

/**
 * How many lines were added and removed between two texts. A line is what ends in a newline; a last line that has lost
 * its newline is another line, as in git.
 */
export function countLines(before: Buffer, after: Buffer): { added: number; removed: number } {
  const { old, now } = trimCommon(splitLines(before), splitLines(after))
  // Lines that the other side does not have at all need no comparison; most hopeless cases end here.
  const oldKnown = keepShared(old, now)
  const nowKnown = keepShared(now, old)
  const kept = countKept(oldKnown, nowKnown)
  return { added: now.length - kept, removed: old.length - kept }
}

/** The length of the longest common subsequence. */
function countKept(old: readonly string[], now: readonly string[]): number {
  if (old.length === 0 || now.length === 0) return 0
  const changes = diffArrays([...old], [...now], { maxEditLength: maxEdits })
  if (!changes) return 0
  let kept = 0
  for (const change of changes) if (!change.added && !change.removed) kept += change.value.length
  return kept
}

/** Lines as strings of one character per byte: nothing is lost, whatever the encoding. */
function splitLines(data: Buffer): string[] {
  if (data.length === 0) return []
  const lines = data.toString('latin1').split('\n')
  const last = lines.pop()!
  const ended = lines.map((line) => `${line}\n`)
  return last === '' ? ended : [...ended, last]
}

/** Leaves out the lines that both begin with, and those that both end with. */
function trimCommon(
  old: readonly string[],
  now: readonly string[],
): { old: readonly string[]; now: readonly string[] } {
  const shorter = Math.min(old.length, now.length)
  let start = 0
  while (start < shorter && old[start] === now[start]) start++
  let end = 0
  while (end < shorter - start && old.at(-1 - end) === now.at(-1 - end)) end++
  return { old: old.slice(start, old.length - end), now: now.slice(start, now.length - end) }
}

function keepShared(lines: readonly string[], others: readonly string[]): string[] {
  const shared = new Set(others)
  return lines.filter((line) => shared.has(line))
}
