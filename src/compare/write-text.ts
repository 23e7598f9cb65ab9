import type { Skipped } from './drift.ts'
import { countLine, entryLine, groupDrifts, headline, type Report, saidLines } from './report.ts'

/** For people, on a terminal or in a log. */
export function writeText(report: Report): string {
  const lines = report.sessions.flatMap(({ vendor, source, exchanges, skipped, notes }) => {
    const found = exchanges.flatMap(({ name, drifts }) => {
      const groups = groupDrifts(drifts)
      if (groups.length === 0) return []
      const parts = groups.flatMap((group) => [
        `    ${headline(group)}`,
        ...saidLines(group).map((line) => `      ${line}`),
      ])
      return [`  ${name}`, ...parts]
    })
    return [
      `${vendor}, ${source}: ${found.length === 0 ? 'same' : 'drift'} in ${exchanges.length} exchanges`,
      ...found,
      ...skippedLines(skipped),
      ...notes.map((note) => `  note: ${note}`),
    ]
  })
  const { expired, unused } = report.baseline
  return [
    ...lines,
    ...expired.map((entry) => `baseline: expired: ${entryLine(entry)}`),
    ...unused.map((entry) => `baseline: unused, may go: ${entryLine(entry)}`),
    `${report.verdict}: ${countLine(report)}`,
  ]
    .map((line) => `${printable(line)}\n`)
    .join('')
}

/** Many things are skipped for one reason. */
function skippedLines(skipped: readonly Skipped[]): string[] {
  const byReason = new Map<string, string[]>()
  for (const { exchange, reason } of skipped)
    byReason.set(reason, [...(byReason.get(reason) ?? []), exchange])
  return [...byReason].map(([reason, names]) =>
    names.length === 1 ? `  skipped: ${names[0]}: ${reason}` : `  skipped: ${names.length} times: ${reason}`,
  )
}

/** Answers of servers may hold anything; control characters could move a terminal's cursor. */
function printable(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f]/g,
    (sign) => `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`,
  )
}
