/** A message as `git tag -m` stores it: no blanks at line ends, no blank lines around or two in a row, a newline at the end. */
export function tidyMessage(message: string): string {
  const lines = message.split(/\r?\n/).map((line) => line.trimEnd())
  const kept = lines.filter((line, i) => line !== '' || (i > 0 && lines[i - 1] !== ''))
  return `${kept.join('\n').replace(/^\n+|\n+$/g, '')}\n`
}
