/** How results are written. */

/** `1 user`, `2 users`. */
export function count(things: readonly unknown[], noun: string): string {
  return `${things.length} ${noun}${things.length === 1 ? '' : 's'}`
}

export function jsonLine(value: unknown): string {
  return `${JSON.stringify(value)}\n`
}

/** Lines whose columns stand below each other; the last one is as long as it is. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) =>
      row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))),
    )
    .map((cells) => `${cells.join('  ')}\n`)
    .join('')
}

/** Text of others, made harmless for a terminal: control characters could move the cursor or change its title. */
export function printable(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f]/g,
    (sign) => `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`,
  )
}
