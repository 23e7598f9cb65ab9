/**
 * A description as HTML, as far as paragraphs of plain text go; other Markdown is shown as it was written. The attributes
 * are those of GitLab's renderer: lines and columns of the source, counted from 1.
 */
export function descriptionHtml(text: string | null): string {
  const lines = (text ?? '').split('\n')
  const paragraphs: string[] = []
  let start = 0
  for (let i = 0; i <= lines.length; i++) {
    if (i < lines.length && lines[i]?.trim() !== '') continue
    const paragraph = lines.slice(start, i)
    if (paragraph.length > 0) paragraphs.push(toHtml(paragraph, start))
    start = i + 1
  }
  return paragraphs.join('\n\n')
}

function toHtml(lines: readonly string[], start: number): string {
  const lastColumn = lines.at(-1)?.length ?? 0
  const place = `${start + 1}:1-${start + lines.length}:${lastColumn}`
  return `<p data-sourcepos="${place}" dir="auto">${escapeHtml(lines.join('\n'))}</p>`
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
