import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, expect, it } from 'vitest'
import { killLeftovers, runCli, textOf } from '../cli-process.ts'
import { mia, ServedFolders, send, serveFolder, TAGS } from './served-folder.ts'

const served = new ServedFolders()
afterEach(killLeftovers)
afterAll(() => served.remove())

it('a full disk undoes what it has no room for, says so, and keeps what was answered', async () => {
  const folder = served.next()
  const argv = ['--port', '0', '--log-level', 'error', '--fixture', 'world.json', '--data', 'data']
  // No file may have more than 40 kB.
  const limited = ['-c', 'ulimit -f 40; exec "$0" "$@"', process.execPath, resolve('dist/cli.js'), ...argv]
  const child = spawn('bash', limited, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  const errors = textOf(child.stderr)
  const [banner] = await once(child.stdout, 'data')
  const url = / on (http:\S+)/.exec(String(banner))![1]!
  const answers: (number | null)[] = []
  for (let i = 0; i < 60; i++) {
    const query = `?tag_name=t${i}&ref=main&message=${'x'.repeat(1000)}`
    answers.push(await send('POST', url + TAGS + query, mia))
  }
  child.kill('SIGKILL')
  expect(await errors).toContain('could not be written, the change was undone: EFBIG')
  expect(new Set(answers)).toEqual(new Set([201, 500]))
  const { url: next, stop } = await serveFolder(folder)
  const listed = await fetch(`${next}${TAGS}?per_page=100&search=^t`, { headers: mia })
  const names = ((await listed.json()) as { name: string }[]).map((tag) => tag.name)
  const kept = answers.flatMap((status, i) => (status === 201 ? [`t${i}`] : []))
  expect(names.filter((name) => name !== 'tree').sort()).toEqual(kept.sort())
  await stop('SIGTERM')
}, 120_000)

it('says where it keeps the world, that another fixture is not served, and why a folder cannot be used', async () => {
  const folder = served.next()
  const one = await serveFolder(folder)
  const data = join(folder, 'data')
  expect(one.banner).toContain(
    `The world is kept in ${data}, its repositories in current/repositories there.\n`,
  )
  expect(one.banner).not.toContain('another fixture')
  const second = await runCli(folder, ['--port', '0', '--data', 'data'])
  expect([second.code, second.out]).toEqual([1, ''])
  expect(second.err).toBe(
    `fakeforge: ${data}: in use by another server (process ${one.child.pid}). Stop it, or give this one another folder: --data DIR\n`,
  )
  await one.stop('SIGKILL')
  writeFileSync(join(folder, 'world.json'), JSON.stringify({ users: [{ username: 'zoe' }] }))
  const two = await serveFolder(folder)
  expect(two.banner).toContain(
    'It began with another fixture and goes on from there. A reset begins anew with',
  )
  expect((await two.stop('SIGTERM')).code).toBe(0)
  writeFileSync(join(folder, 'data/current/world.json'), '{"format":')
  const broken = await runCli(folder, ['--port', '0', '--data', 'data'])
  expect([broken.code, broken.out]).toEqual([1, ''])
  expect(broken.err).toMatch(/^fakeforge: \S+\/data\/fakeforge-world-1\/world\.json: .*JSON.*\n$/)
  rmSync(join(folder, 'data'), { recursive: true })
  writeFileSync(join(folder, 'data'), '')
  const file = await runCli(folder, ['--port', '0', '--data', 'data'])
  expect([file.code, file.err]).toEqual([64, `fakeforge: --data: "${data}" is not a folder\n`])
}, 120_000)
