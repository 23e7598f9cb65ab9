import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { exitCodes } from '../src/cli/exit-codes.ts'
import { settings } from '../src/config/settings.ts'

const file = 'docs/cli.md'

it('docs/cli.md lists the settings as the code has them', () => {
  const rows = settings.map(({ flag, value, env, key, help, absent, example, repeatable }) => [
    `\`${flag} ${value}\``,
    `\`${env}\``,
    key === 'config' ? '' : `\`${key}\``,
    repeatable ? `${help}; several` : help,
    absent,
    `\`${example}\``,
  ])
  expectSection('settings', [
    ['flag', 'environment', 'key in the file', 'what', 'default', 'example'],
    ...rows,
  ])
})

it('docs/cli.md lists the exit codes as the code has them', () => {
  const rows = Object.values(exitCodes).map(({ code, meaning }) => [String(code), meaning])
  expectSection('exit-codes', [['code', 'meaning'], ...rows])
})

/** Holds the part between the markers against the table; with UPDATE_DOCS set, writes it. */
function expectSection(name: string, [heading = [], ...rows]: readonly string[][]): void {
  const table = [heading, heading.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
  const section = new RegExp(`(<!-- ${name}\\b[^>]*-->\\n)([^]*?)(<!-- /${name} -->)`)
  const text = readFileSync(file, 'utf8')
  if (process.env.UPDATE_DOCS)
    writeFileSync(
      file,
      text.replace(section, (_, start, _old, end) => `${start}${table}\n${end}`),
    )
  expect(section.exec(readFileSync(file, 'utf8'))?.[2]).toBe(`${table}\n`)
}
