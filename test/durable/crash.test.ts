import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, expect, it } from 'vitest'
import { killLeftovers } from '../cli-process.ts'
import { gitAsync } from '../git-binary.ts'
import { checkRepositories, refsIn } from './data-folder.ts'
import { mia, ServedFolders, send, serveFolder, TAGS } from './served-folder.ts'

const served = new ServedFolders()
afterEach(killLeftovers)
afterAll(() => served.remove())

/** Each kills a server once; more of them find more: `DURABLE_ROUNDS=200 npx vitest run test/durable/crash.test.ts`. */
const ROUNDS = Number(process.env.DURABLE_ROUNDS ?? 4)
const WRITERS = 12

const asMia = { authorization: `Basic ${Buffer.from('mia:mia-password').toString('base64')}` }

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

function compare(known: Known, refs: Record<string, string>): string[] {
  return [...known].flatMap(([name, isThere]) => {
    const found = refs[`refs/tags/${name}`] !== undefined
    return isThere === null || isThere === found ? [] : [`${name} ${isThere ? 'is lost' : 'is back'}`]
  })
}

it('whatever was answered before a kill -9 holds after it', async () => {
  const folder = served.next()
  const repository = join(folder, 'data/current/repositories/acme/widgets.git')
  const known: Known = new Map()
  for (let round = 0; round < ROUNDS; round++) {
    const { url, stop } = await serveFolder(folder)
    const writers = Array.from({ length: WRITERS }, (_, i) => writeOn(url, known, `r${round}-w${i}`))
    await new Promise((resolve) => setTimeout(resolve, 100 + Math.random() * 900))
    await stop('SIGKILL')
    await Promise.all(writers)
    // As the killed process left it, and as the next one shows it.
    expect(compare(known, refsIn(repository))).toEqual([])
    expect(checkRepositories(join(folder, 'data'))).not.toContain('error')
    const next = await serveFolder(folder)
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
  const folder = served.next()
  const { url, stop } = await serveFolder(folder)
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
  const next = await serveFolder(folder)
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
