import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { findScene } from '../src/cli/env-scene.ts'
import { variablesOf } from '../src/cli/env-variables.ts'
import { exitCodes } from '../src/cli/exit-codes.ts'
import { outlines } from '../src/cli/outlines.ts'
import { serverFlags } from '../src/cli/server-flags.ts'
import { settings } from '../src/config/settings.ts'
import { startFakeForge } from '../src/index.ts'

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

it('docs/cli.md lists the commands as the code has them', () => {
  const rows = outlines.map(({ name, summary }) => [`\`fakeforge ${name}\``, summary])
  expectSection('commands', [
    ['command', 'what it does'],
    ['`fakeforge [serve]`', 'serve the forges until a signal comes'],
    ...rows,
  ])
})

it('docs/cli.md lists the flags of commands for a server as the code has them', () => {
  const rows = serverFlags.map(([flag, env, help]) => [`\`${flag}\``, env === '' ? '' : `\`${env}\``, help])
  expectSection('server-flags', [['flag', 'environment', 'what'], ...rows])
})

it('docs/cli.md lists the variables of env as the code has them', async () => {
  await using server = await startFakeForge()
  const rows: string[][] = []
  for (const vendor of ['gitlab', 'bitbucket', 'gitflic', 'codearts'] as const) {
    const scene = await findScene(server, vendor, {})
    for (const [name, value] of Object.entries(variablesOf(vendor, scene))) {
      const shown = value.replace(new URL(server.url).host, '127.0.0.1:4747')
      rows.push([vendor, `\`${name}\``, `\`${value === String(server.port) ? '4747' : shown}\``])
    }
  }
  expectSection('env', [['vendor', 'variable', 'value'], ...rows])
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
