/** Assignments of environment variables, in the words of each shell. */
import { UsageError } from '../config/mistakes.ts'

export const shells = ['sh', 'fish', 'powershell', 'cmd', 'dotenv', 'json'] as const
export type Shell = (typeof shells)[number]

export type Variables = Readonly<Record<string, string>>

/** Throws UsageError for a value that the format has no way to say. */
export function writeVariables(variables: Variables, shell: Shell): string {
  if (shell === 'json') return `${JSON.stringify(variables, null, 2)}\n`
  const lines = Object.entries(variables).map(([name, value]) => {
    if (value.includes('\0')) refuse(name, 'a null byte', shell)
    return assignments[shell](name, value)
  })
  return lines.map((line) => `${line}${shell === 'cmd' ? '\r\n' : '\n'}`).join('')
}

const assignments: Readonly<Record<Exclude<Shell, 'json'>, (name: string, value: string) => string>> = {
  sh: (name, value) => `export ${name}='${value.replaceAll("'", "'\\''")}'`,
  fish: (name, value) => `set -gx ${name} '${value.replace(/[\\']/g, '\\$&')}'`,
  // To PowerShell typographic quotes are quotes as well.
  powershell: (name, value) => `$env:${name} = '${value.replace(/['\u2018-\u201b]/g, '$&$&')}'`,
  cmd: (name, value) => `@set "${name}=${escapeForBatch(name, value)}"`,
  dotenv: (name, value) => `${name}=${quoteForDotenv(name, value)}`,
}

/**
 * For a batch file. There a percent sign is doubled; what is special is so only outside of quotes, which each quote in the value
 * leaves or enters.
 */
function escapeForBatch(name: string, value: string): string {
  if (/[\r\n]/.test(value)) refuse(name, 'a line break', 'cmd')
  let isQuoted = true
  return [...value.replaceAll('%', '%%')]
    .map((sign) => {
      if (sign === '"') isQuoted = !isQuoted
      return !isQuoted && '&|<>^()'.includes(sign) ? `^${sign}` : sign
    })
    .join('')
}

/** Bare where that is enough, since `docker run --env-file` takes quotes for part of the value. */
function quoteForDotenv(name: string, value: string): string {
  if (/^[\w./:@%+,~=-]+$/.test(value)) return value
  const quote = ["'", '"', '`'].find((mark) => !value.includes(mark))
  if (quote === undefined) return refuse(name, 'quotes of all kinds', 'dotenv')
  if (/\r/.test(value)) return refuse(name, 'a carriage return', 'dotenv')
  if (quote === '"' && /[\\$\n]/.test(value))
    return value.includes('`') ? refuse(name, "both ' and \\", 'dotenv') : `\`${value}\``
  return `${quote}${value}${quote}`
}

function refuse(name: string, what: string, shell: Shell): never {
  throw new UsageError([
    `the value of ${name} has ${what} in it, which ${shell} cannot say; choose another user, or --shell json`,
  ])
}
