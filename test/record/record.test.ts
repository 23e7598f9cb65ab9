import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Gitlab } from '@gitbeaker/rest'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { toReport } from '../../src/compare/report.ts'
import { compareTraffic } from '../../src/compare/run.ts'
import { loadTraffic } from '../../src/exchange/load-traffic.ts'
import { type FakeForge, startFakeForge } from '../../src/index.ts'
import { type Recording, record } from '../../src/record/record.ts'

const run = promisify(execFile)

let live: FakeForge
let folder: string
let recording: Recording
beforeEach(async () => {
  live = await startFakeForge()
  folder = mkdtempSync(join(tmpdir(), 'fakeforge-record-'))
  recording = await record({ live: live.url, folder: join(folder, 'recorded'), port: 0 })
})
afterEach(async () => {
  await recording.close()
  await live.close()
  rmSync(folder, { recursive: true })
})

const recorded = () => join(folder, 'recorded')

function writtenBytes(): string {
  return readdirSync(recorded())
    .map((name) => readFileSync(join(recorded(), name), 'utf8'))
    .join('\n')
}

async function drifts() {
  const { reports } = await compareTraffic(recorded(), { options: {}, timeout: 20_000, say: () => {} })
  const report = toReport({ reports, expired: [], unused: [] })
  return {
    counts: report.counts,
    drifts: reports.flatMap(({ exchanges }) => exchanges.flatMap((one) => one.drifts)),
  }
}

it('records gitbeaker, which notices nothing, and the fake answers the same', async () => {
  const api = new Gitlab({ host: recording.url, token: 'mia-token' })
  const tags = await api.Tags.all('acme/widgets', { perPage: 4 })
  expect(tags.map(({ name }) => name)).toContain('v1.10.0-rc.1')
  await api.Tags.create('acme/widgets', 'v7', 'main', { message: 'Seventh' })
  await expect(api.Tags.create('acme/widgets', 'v7', 'main')).rejects.toThrow('Tag v7 already exists')
  await api.Tags.remove('acme/widgets', 'v7')
  await expect(api.Tags.show('acme/widgets', 'v7')).rejects.toThrow('404 Tag Not Found')
  await recording.close()
  expect(await drifts()).toEqual({
    counts: { exchanges: 7, drifts: 0, accepted: 0, skipped: 0 },
    drifts: [],
  })
  expect(writtenBytes()).not.toContain('mia-token')
})

it('records curl at every vendor, with a file for each', async () => {
  const ask = async (path: string, ...flags: string[]) =>
    (await run('curl', ['-sS', '--path-as-is', '--compressed', ...flags, recording.url + path])).stdout
  const seen = [
    await ask('/api/v4/projects/1/repository/tags/v1.0.0?private_token=mia-token'),
    await ask('/rest/api/1.0/projects/ACME/repos/widgets/tags?limit=2', '-u', 'mia:mia-password'),
    await ask('/project/acme/widgets/tag', '-H', 'Authorization: token mia-token'),
    await ask('/v4/repositories/1/repository/tags', '-H', 'X-Auth-Token: mia-token'),
  ]
  for (const text of seen) expect(text).toContain('v1.')
  await ask('/api/v4/projects/1/repository/tags', '-I', '-H', 'PRIVATE-TOKEN: mia-token')
  const { files, leftOut } = await recording.close()
  expect([...files.values()].sort()).toEqual([1, 1, 1, 2])
  expect(leftOut).toBe(0)
  expect((await drifts()).drifts).toEqual([])
  const text = writtenBytes()
  for (const secret of ['mia-token', 'mia-password', Buffer.from('mia:mia-password').toString('base64')])
    expect(text).not.toContain(secret)
})

it('lets git clone and push, of which it writes nothing', async () => {
  const git = (...argv: string[]) =>
    run('git', argv, {
      cwd: folder,
      env: { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
    })
  const url = recording.url.replace('//', '//mia:mia-token@')
  await git('clone', '-q', `${url}/acme/widgets.git`, 'clone')
  await git('-C', 'clone', 'tag', 'v8')
  await git('-C', 'clone', 'push', '-q', 'origin', 'v8')
  expect((await git('ls-remote', '--tags', `${url}/acme/widgets.git`)).stdout).toContain('refs/tags/v8')
  const { files, leftOut } = await recording.close()
  expect(files.size).toBe(0)
  expect(leftOut).toBeGreaterThan(3)
})

it('can be read while it is being written, by its owner only', async () => {
  const ask = () => fetch(`${recording.url}/api/v4/projects/2/repository/tags`)
  let read = 0
  for (let i = 0; i < 40; i++) {
    await Promise.all([ask(), ask(), new Promise((resolve) => setTimeout(resolve, 20))])
    const files = await loadTraffic(recorded()).catch(() => null)
    if (files) read = Math.max(read, files.sessions[0]?.exchanges.length ?? 0)
  }
  expect(read).toBeGreaterThan(0)
  const { files } = await recording.close()
  expect([...files.values()]).toEqual([80])
  expect(readdirSync(recorded())).toHaveLength(1)
  expect(statSync([...files.keys()][0] ?? '').mode & 0o777).toBe(0o600)
})
