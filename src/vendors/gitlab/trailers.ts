/** A commit message's trailers, by key in order of appearance. */
export type Trailers = ReadonlyMap<string, readonly string[]>

const TRAILER = /^([A-Za-z0-9-]+)[ \t]*:[ \t]*(.*)$/
const BY_GIT = /^(?:Signed-off-by: |\(cherry picked from commit )/

/**
 * Reads trailers as `git interpret-trailers` does: the last paragraph that is not the title counts when all its lines are
 * trailers, or when git itself wrote one of them and they make up a quarter of it.
 */
export function readTrailers(message: string): Trailers {
  const trailers = new Map<string, string[]>()
  for (const line of trailerLines(message)) {
    const [, key, value] = TRAILER.exec(line) ?? []
    if (key === undefined || value === undefined) continue
    trailers.set(key, [...(trailers.get(key) ?? []), value.trim()])
  }
  return trailers
}

function trailerLines(message: string): string[] {
  const paragraphs = message.trimEnd().split(/\n(?:[ \t]*\n)+/)
  if (paragraphs.length < 2) return []
  const lines = unfold(paragraphs.at(-1) ?? '')
  const hits = lines.filter((line) => TRAILER.test(line) || BY_GIT.test(line)).length
  const byGit = lines.some((line) => BY_GIT.test(line))
  return hits === lines.length || (byGit && hits * 4 >= lines.length) ? lines : []
}

/** Joins a line that begins with a blank to the one before. */
function unfold(paragraph: string): string[] {
  const lines: string[] = []
  for (const line of paragraph.split('\n')) {
    if (/^[ \t]/.test(line) && lines.length > 0) lines.push(`${lines.pop()} ${line.trim()}`)
    else lines.push(line)
  }
  return lines
}
