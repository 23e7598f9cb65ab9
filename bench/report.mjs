/** Results as lines for a terminal. */

const columns = [
  ['', ({ met }) => verdict(met)],
  ['what', ({ what }) => what],
  ['ours', ({ ours, unit }) => quantity(ours, unit), 'right'],
  ['theirs', ({ theirs, unit }) => quantity(theirs, unit), 'right'],
  ['ratio', ({ ratio, of }) => ratioText(ratio, of), 'right'],
  ['goal', ({ goal }) => goal ?? ''],
]

/** @param {{ id: string, name: string, title: string, rows?: object[], error?: string }[]} results */
export function formatReport(results) {
  return `${results.map(formatResult).join('\n\n')}\n\n${formatTotals(results)}`
}

/** A measure's heading and table. */
export function formatResult({ id, name, title, rows, error }) {
  const heading = `${id} ${name}: ${title}`
  if (error !== undefined) return `${heading}\n  failed: ${error}`
  return [heading, ...formatTable(rows).map((line) => `  ${line}`)].join('\n')
}

/** Headings and rows as padded lines, each note on a line below its row. */
export function formatTable(rows) {
  const cells = [
    columns.map(([heading]) => heading),
    ...rows.map((row) => columns.map(([, text]) => text(row))),
  ]
  const widths = columns.map((_, column) => Math.max(...cells.map((line) => line[column].length)))
  return cells.flatMap((line, index) => {
    const padded = line.map((text, column) =>
      columns[column][2] === 'right' ? text.padStart(widths[column]) : text.padEnd(widths[column]),
    )
    const note = rows[index - 1]?.note
    const indent = ' '.repeat(widths[0] + 4)
    return [padded.join('  ').trimEnd(), ...(note === undefined ? [] : [`${indent}${note}`])]
  })
}

export function countVerdicts(results) {
  const verdicts = results.flatMap(({ rows = [] }) => rows.map(({ met }) => met))
  return {
    met: verdicts.filter((met) => met === true).length,
    missed: verdicts.filter((met) => met === false).length,
    failed: results.filter(({ error }) => error !== undefined).length,
  }
}

function formatTotals(results) {
  const { met, missed, failed } = countVerdicts(results)
  return `goals: ${met} met, ${missed} missed${failed > 0 ? `; measures that failed: ${failed}` : ''}`
}

function verdict(met) {
  if (met === null) return '·'
  return met ? '✓' : '✗'
}

function ratioText(ratio, of) {
  if (ratio === null) return ''
  return `${significant(ratio)}× ${of}`
}

function quantity(value, unit) {
  return value === null ? '–' : `${significant(value)} ${unit}`
}

/** Three significant figures, or whole numbers from 1,000 on, thousands set apart. */
export function significant(value) {
  const precision = Math.abs(value) < 1000 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 0 }
  return value.toLocaleString('en-US', precision)
}
