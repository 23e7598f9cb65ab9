import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { startFakeForge } from '../../src/index.ts'

const run = promisify(execFile)

/** Commands after `$ `, each with what it is said to print. */
function sessionOf(page: string): [command: string, output: string][] {
  const blocks = [...readFileSync(page, 'utf8').matchAll(/```console\n([\s\S]*?)```/g)]
  return blocks.flatMap(([, block = '']) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((entry): [string, string] => {
        const end = entry.indexOf('\n')
        return [entry.slice(0, end), entry.slice(end + 1)]
      }),
  )
}

it('commands of README.md print what it says', async () => {
  const forge = await startFakeForge()
  const session = sessionOf('README.md')
  expect(session.length).toBeGreaterThan(4)
  const printed: [string, string][] = []
  for (const [command] of session) {
    const { stdout } = await run('sh', ['-c', command.replaceAll('127.0.0.1:4747', new URL(forge.url).host)])
    printed.push([command, stdout.endsWith('\n') ? stdout : `${stdout}\n`])
  }
  await forge.close()
  expect(printed).toEqual(session)
})
