import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { demoFixture } from '../../src/forge/fixture/demo.ts'
import { type FakeForge, startFakeForge } from '../../src/index.ts'
import { temporaryFolder } from '../git-binary.ts'
import { Receiver } from './receiver.ts'

const docs = readFileSync('docs/control-plane.md', 'utf8')
/** The commands of each part of the page, in their order. */
const parts = docs.split(/^(?=## )/m).flatMap((part): [string, string[]][] => {
  const commands = [...part.matchAll(/^(?:curl|F=).*$/gm)].map(([command]) => command)
  return commands.length === 0 ? [] : [[/^#+ (.*)$/m.exec(part)?.[1] ?? '', commands]]
})

let receiver: Receiver
let forge: FakeForge
let folder: { readonly path: string; remove(): void }
beforeAll(async () => {
  receiver = await Receiver.open()
  folder = temporaryFolder()
  const [first, ...projects] = demoFixture.projects ?? []
  const webhooks = [{ url: receiver.url, vendor: 'gitlab' as const }]
  forge = await startFakeForge({
    fixture: { ...demoFixture, projects: [{ ...first, webhooks }, ...projects] },
    strict: true,
  })
  writeFileSync(join(folder.path, 'world.json'), JSON.stringify(demoFixture))
})
afterAll(async () => {
  await forge.close()
  await receiver.close()
  folder.remove()
})

/** Runs a command as a reader pastes it; answers what it printed. */
function run(command: string): Promise<{ readonly code: number; readonly output: string }> {
  const address = `localhost:${forge.port}`
  const script = `F=http://${address}/__admin\n${command
    .replaceAll('localhost:4747', address)
    // A stream does not end by itself.
    .replaceAll('curl ', `curl -sS --fail-with-body --max-time ${command.includes(' -N ') ? 1 : 30} `)}`
  return new Promise((resolve) => {
    execFile('sh', ['-c', script], { cwd: folder.path, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr })
    })
  })
}

it('the page has commands', () => {
  expect(parts.flatMap(([, commands]) => commands).length).toBeGreaterThan(20)
})

it.each(parts)('the commands of "%s" in docs/control-plane.md work when pasted', async (_part, commands) => {
  await run('curl -X POST $F/reset')
  for (const command of commands) {
    const { code, output } = await run(command)
    const isStream = command.includes(' -N ')
    expect([command, code, code === 0 || isStream ? '' : output]).toEqual([command, isStream ? 28 : 0, ''])
  }
})
