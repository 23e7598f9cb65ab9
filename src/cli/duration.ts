import { UsageError } from '../config/mistakes.ts'
import { readDuration } from '../config/readers.ts'

/** What stands behind a flag as milliseconds: `500ms`, `10s`, `2m`, or a bare number of seconds. Throws UsageError. */
export function durationOf(flag: string, text: string): number {
  const mistakes: string[] = []
  const withUnit = /^\d+$/.test(text) ? `${text}s` : text
  const report = () =>
    mistakes.push(
      `${flag}: "${text}" is not a duration; allowed: seconds, or with a unit, such as 30, 500ms, 10s, 2m`,
    )
  const duration = readDuration([withUnit], { vendors: [], folder: '', report })
  if (mistakes.length > 0) throw new UsageError(mistakes)
  return duration
}
