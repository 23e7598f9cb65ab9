/**
 * As much of git's configuration grammar as it takes to read single settings: sections with and without subsection,
 * comments, quotes, escapes and continued lines. Included files are not followed.
 * https://git-scm.com/docs/git-config#_syntax
 */

/** Settings by `section.key` or `section.Subsection.key`; only the subsection keeps its case. The last one given counts. */
export type DiskConfig = ReadonlyMap<string, string>

const SECTION = /^\[\s*([\w.-]+)\s*(?:"((?:[^"\\]|\\.)*)")?\s*\]/
const SETTING = /^([A-Za-z][\w-]*)\s*(?:=(.*))?$/
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', b: '\b' }

/** Lines that are not understood are passed over, as these settings do not depend on them. */
export function parseDiskConfig(text: string): DiskConfig {
  const settings = new Map<string, string>()
  let section = ''
  for (const line of joinContinuedLines(text)) {
    let rest = line.trim()
    const header = SECTION.exec(rest)
    if (header !== null) {
      section = nameSection(header[1] ?? '', header[2])
      rest = rest.slice(header[0].length).trim()
    }
    const setting = SETTING.exec(dropComment(rest))
    if (setting === null || section === '') continue
    // A key alone means that it is switched on.
    settings.set(`${section}.${setting[1]!.toLowerCase()}`, readValue(setting[2] ?? 'true'))
  }
  return settings
}

/** The numbers and words that git takes for "on". */
export function isSwitchedOn(value: string | undefined): boolean {
  return value !== undefined && /^(true|yes|on|[1-9]\d*)$/i.test(value)
}

/** A line that ends in an odd number of backslashes goes on in the next. */
function joinContinuedLines(text: string): string[] {
  return text
    .replace(/\r\n/g, '\n')
    .replace(/(?<!\\)((?:\\\\)*)\\\n/g, '$1')
    .split('\n')
}

function nameSection(name: string, subsection: string | undefined): string {
  const section = name.toLowerCase()
  return subsection === undefined ? section : `${section}.${subsection.replace(/\\(.)/g, '$1')}`
}

/** Everything before a `#` or `;` that is not within quotes. */
function dropComment(line: string): string {
  const before = /^(?:[^"#;\\]|\\.|"(?:[^"\\]|\\.)*"?)*/.exec(line)?.[0] ?? ''
  return before.trim()
}

function readValue(value: string): string {
  return value
    .trim()
    .replace(/\\(.)|"/g, (_match, escaped: string | undefined) =>
      escaped === undefined ? '' : (ESCAPES[escaped] ?? escaped),
    )
}
