import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { killLeftovers, serveCli } from './cli-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'fakeforge-start-'))
afterAll(() => {
  killLeftovers()
  rmSync(folder, { recursive: true })
})

it('a server started by the command loads neither the client nor what controls a server in-process', async () => {
  const coverage = join(folder, 'coverage')
  const server = await serveCli(folder, ['--port', '0'], { NODE_V8_COVERAGE: coverage })
  await server.stop('SIGTERM')
  const loaded = readdirSync(coverage)
    .flatMap((file) => JSON.parse(readFileSync(join(coverage, file), 'utf8')).result as { url: string }[])
    .flatMap(({ url }) => (url.includes('/dist/') ? [readFileSync(fileURLToPath(url), 'utf8')] : []))
    .join('')
  expect(loaded).toContain('function openServer(')
  for (const name of ['localControl', 'transportTo', 'useForge', 'Mailbox', 'dumpJournal']) {
    expect([name, loaded.includes(name)]).toEqual([name, false])
  }
})
