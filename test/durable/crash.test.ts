import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, expect, it } from 'vitest'
import { killLeftovers, runCli, serveCli, textOf } from '../cli-process.ts'
import { gitAsync, temporaryFolder } from '../git-binary.ts'
import { fixture } from '../http/state-world.ts'
import { checkRepositories, refsIn } from './data-folder.ts'

const temporary = temporaryFolder()
afterEach(killLeftovers)
afterAll(() => temporary.remove())

/** Each kills a server once; more of them find more: `DURABLE_ROUNDS=200 npx vitest run test/durable/crash.test.ts`. */
const ROUNDS = Number(process.env.DURABLE_ROUNDS ?? 4)
const WRITERS = 12
const TAGS = '/api/v4/projects/7/repository/tags'

let last = 0
function newFolder(): string {
  last += 1
  const folder = join(temporary.path, String(last))
  mkdirSync(folder)
  writeFileSync(join(folder, 'world.json'), JSON.stringify(fixture))
  return folder
}

const serve = (folder: string, ...more: string[]) =>
  serveCli(
    folder,
    ['--port', '0', '--log-level', 'silent', '--fixture', 'world.json', '--data', 'data', ...more],
    {},
  )

const mia = { 'private-token': 'mia-token' }
const asMia = { authorization: `Basic ${Buffer.from('mia:mia-password').toString('base64')}` }
const json = { 'content-type': 'application/json' }

/** How each vendor makes a tag. */
const creations: readonly ((
  name: string,
) => readonly [path: string, headers: Record<string, string>, body?: object])[] = [
  (name) => [`${TAGS}?tag_name=${name}&ref=main`, mia],
  (name) => [`${TAGS}?tag_name=${name}&ref=main&message=${name}`, mia],
  (name) => [
    '/rest/git/1.0/projects/ACME/repos/widgets/tags',
    asMia,
    { name, startPoint: 'main', type: 'ANNOTATED', message: name },
  ],
  (name) => [
    '/project/acme/widgets/tag/create',
    { authorization: 'token mia-token' },
    { tagName: name, branchName: 'main', message: name },
  ],
  (name) => [
    '/v4/repositories/7/repository/tags',
    { 'x-auth-token': 'mia-token' },
    { tag_name: name, ref: 'main', message: name },
  ],
]

/** What has become of tags as far as the client knows; null while it does not. */
type Known = Map<string, boolean | null>

/** Makes tags and deletes some, until the server is gone. */
async function writeOn(url: string, known: Known, prefix: string): Promise<void> {
  for (let i = 0; ; i++) {
    const name = `${prefix}-${i}`
    const [path, headers, body] = creations[i % creations.length]!(name)
    known.set(name, null)
    const made = await send('POST', url + path, headers, body)
    if (made === null) return
    expect([made, name, '2xx']).toEqual([made, name, `${Math.floor(made / 100)}xx`])
    known.set(name, true)
    if (i % 3 !== 0) continue
    known.set(name, null)
    const gone = await send('DELETE', `${url}${TAGS}/${name}`, mia)
    if (gone === null) return
    expect(gone).toBe(204)
    known.set(name, false)
  }
}

/** The status, or null when there was no answer. */
async function send(method: string, url: string, headers: Record<string, string>, body?: object) {
  try {
    const given = body ? { headers: { ...headers, ...json }, body: JSON.stringify(body) } : { headers }
    const answer = await fetch(url, { method, ...given })
    await answer.arrayBuffer()
    return answer.status
  } catch {
    return null
  }
}

function compare(known: Known, refs: Record<string, string>): string[] {
  return [...known].flatMap(([name, isThere]) => {
    const found = refs[`refs/tags/${name}`] !== undefined
    return isThere === null || isThere === found ? [] : [`${name} ${isThere ? 'is lost' : 'is back'}`]
  })
}

it('whatever was answered before a kill -9 holds after it', async () => {
  const folder = newFolder()
  const repository = join(folder, 'data/current/repositories/acme/widgets.git')
  const known: Known = new Map()
  for (let round = 0; round < ROUNDS; round++) {
    const { url, stop } = await serve(folder)
    const writers = Array.from({ length: WRITERS }, (_, i) => writeOn(url, known, `r${round}-w${i}`))
    await new Promise((resolve) => setTimeout(resolve, 100 + Math.random() * 900))
    await stop('SIGKILL')
    await Promise.all(writers)
    // As the killed process left it, and as the next one shows it.
    expect(compare(known, refsIn(repository))).toEqual([])
    expect(checkRepositories(join(folder, 'data'))).not.toContain('error')
    const next = await serve(folder)
    const shown = await gitAsync('/', [
      'ls-remote',
      `${next.url.replace('//', '//mia:mia-token@')}/acme/widgets.git`,
    ])
    const refs = Object.fromEntries(shown.split('\n').map((line) => line.split('\t').reverse()))
    expect(compare(known, refs)).toEqual([])
    for (const name of [...known.keys()].filter((key) => known.get(key)).slice(-5)) {
      const answers = await Promise.all([
        fetch(`${next.url}${TAGS}/${name}`, { headers: mia }),
        fetch(`${next.url}/rest/api/1.0/projects/ACME/repos/widgets/tags/${name}`, { headers: asMia }),
        fetch(`${next.url}/project/acme/widgets/tag/${name}`, {
          headers: { authorization: 'token mia-token' },
        }),
      ])
      expect([name, ...answers.map(({ status }) => status)]).toEqual([name, 200, 200, 200])
    }
    // For those of which the client does not know.
    for (const name of known.keys()) known.set(name, refs[`refs/tags/${name}`] !== undefined)
    await next.stop(round % 2 === 0 ? 'SIGKILL' : 'SIGTERM')
  }
  expect(known.size).toBeGreaterThan(ROUNDS * WRITERS)
}, 600_000)

it('what git pushed is there after a kill -9, whole', async () => {
  const folder = newFolder()
  const { url, stop } = await serve(folder)
  const remote = `${url.replace('//', '//mia:mia-token@')}/acme/widgets.git`
  const clone = join(folder, 'clone')
  await gitAsync(folder, ['clone', '-q', remote, clone])
  for (let i = 0; i < 30; i++) {
    writeFileSync(join(clone, `file-${i}`), `${i}\n`.repeat(2000 + i))
    await gitAsync(clone, ['add', '.'])
    await gitAsync(clone, ['commit', '-q', '-m', `Commit ${i}`])
    await gitAsync(clone, ['tag', '-a', '-m', `Tag ${i}`, `pushed-${i}`])
  }
  await gitAsync(clone, ['push', '-q', 'origin', 'main', '--tags'])
  await gitAsync(clone, ['push', '-q', 'origin', ':pushed-3'])
  await stop('SIGKILL')
  const repository = join(folder, 'data/current/repositories/acme/widgets.git')
  expect(checkRepositories(join(folder, 'data'))).not.toContain('error')
  expect(refsIn(repository)['refs/heads/main']).toBe((await gitAsync(clone, ['rev-parse', 'main'])).trim())
  const next = await serve(folder)
  const again = join(folder, 'again')
  await gitAsync(folder, [
    'clone',
    '-q',
    `${next.url.replace('//', '//mia:mia-token@')}/acme/widgets.git`,
    again,
  ])
  const tags = (await gitAsync(again, ['tag', '-l', 'pushed-*'])).trim().split('\n')
  expect(tags).toHaveLength(29)
  expect(await gitAsync(again, ['rev-parse', 'HEAD'])).toBe(await gitAsync(clone, ['rev-parse', 'HEAD']))
  await next.stop('SIGTERM')
}, 120_000)

it('a full disk undoes what it has no room for, says so, and keeps what was answered', async () => {
  const folder = newFolder()
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
  const { url: next, stop } = await serve(folder)
  const listed = await fetch(`${next}${TAGS}?per_page=100&search=^t`, { headers: mia })
  const names = ((await listed.json()) as { name: string }[]).map((tag) => tag.name)
  const kept = answers.flatMap((status, i) => (status === 201 ? [`t${i}`] : []))
  expect(names.filter((name) => name !== 'tree').sort()).toEqual(kept.sort())
  await stop('SIGTERM')
}, 120_000)

it('says where it keeps the world, that another fixture is not served, and why a folder cannot be used', async () => {
  const folder = newFolder()
  const one = await serve(folder)
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
  const two = await serve(folder)
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
