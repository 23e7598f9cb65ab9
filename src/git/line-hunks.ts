import { settleChanges } from './change-groups.ts'
import type { LineMarks } from './line-marks.ts'

/** Lines of one text that are replaced by lines of another; ends are exclusive, and either side may be empty. */
export interface Hunk {
  readonly start: number
  readonly end: number
  readonly newStart: number
  readonly newEnd: number
}

/** Numbers for lines: the same line gets the same number in every text that goes through one of these. */
export class LineNumbers {
  readonly #numbers = new Map<string, number>()

  of(lines: readonly string[]): Int32Array {
    return Int32Array.from(lines, (line) => this.#numberOf(line))
  }

  #numberOf(line: string): number {
    const known = this.#numbers.get(line)
    if (known !== undefined) return known
    this.#numbers.set(line, this.#numbers.size)
    return this.#numbers.size - 1
  }
}

/**
 * A text's lines as strings of one character per byte: nothing is lost, whatever the encoding. A last line without its
 * newline is another line than one that has it.
 */
export function splitLines(data: Buffer): string[] {
  if (data.length === 0) return []
  const lines = data.toString('latin1').split('\n')
  const last = lines.pop()!
  const ended = lines.map((line) => `${line}\n`)
  return last === '' ? ended : [...ended, last]
}

/** Compares two texts: diffHistogram or diffShortest. */
export type Comparison = (before: Int32Array, after: Int32Array) => LineMarks

/** What has to change for one text to become another, in their order; between two hunks there is a line that stays. */
export function findHunks(before: Int32Array, after: Int32Array, compare: Comparison): Hunk[] {
  const marks = compare(before, after)
  settleChanges(before, after, marks)
  const { removed, added } = marks
  const hunks: Hunk[] = []
  let [at, newAt] = [0, 0]
  while (at < before.length || newAt < after.length) {
    const [start, newStart] = [at, newAt]
    while (removed[at]) at++
    while (added[newAt]) newAt++
    if (at > start || newAt > newStart) hunks.push({ start, end: at, newStart, newEnd: newAt })
    at++
    newAt++
  }
  return hunks
}
