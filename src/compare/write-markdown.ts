import { countLine, entryLine, groupDrifts, headline, type Report, saidLines } from './report.ts'

/** For a comment on a merge request, or the summary of a job. */
export function writeMarkdown(report: Report): string {
  const rows = report.sessions.flatMap(({ vendor, exchanges }) =>
    exchanges.flatMap(({ name, drifts }) =>
      groupDrifts(drifts).map((group) =>
        [vendor, name, headline(group), saidLines(group).join('<br>')].map(cell).join(' | '),
      ),
    ),
  )
  const table =
    rows.length === 0
      ? []
      : [
          '',
          '| vendor | exchange | difference | who says what |',
          '| --- | --- | --- | --- |',
          ...rows.map((row) => `| ${row} |`),
        ]
  const notes = [
    ...report.baseline.expired.map((entry) => `- expired in the baseline: ${cell(entryLine(entry))}`),
    ...report.baseline.unused.map((entry) => `- unused in the baseline: ${cell(entryLine(entry))}`),
    ...report.sessions.flatMap(({ skipped }) =>
      skipped.map(({ exchange, reason }) => `- skipped: ${cell(exchange)}: ${cell(reason)}`),
    ),
    ...report.sessions.flatMap((session) => session.notes.map((note) => `- ${cell(note)}`)),
  ]
  return `${[`### fakeforge compare: ${report.verdict}`, '', countLine(report), ...table, ...(notes.length > 0 ? ['', ...notes] : [])].join('\n')}\n`
}

/** What servers say must not become markup. */
function cell(text: string): string {
  return text
    .replace(/[\r\n]+/g, ' ')
    .replace(/&/g, '&amp;')
    .replace(/<(?!br>)/g, '&lt;')
    .replace(/[\\`*_|[\]]/g, '\\$&')
}
