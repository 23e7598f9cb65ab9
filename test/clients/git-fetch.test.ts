import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeForge, startFakeForge } from '../../src/index.ts'
import { git, gitAsync, temporaryFolder } from '../git-binary.ts'
import { type GitBackend, startGitBackend } from './git-backend.ts'
import { createOrigin, type GitOrigin, lines, listObjects, stateOf } from './git-origin.ts'

const COMMITS = 60
const DAY_40 = 1_700_000_000 + 40 * 86_400 - 3600

let origin: GitOrigin
let backend: GitBackend
let forge: FakeForge
let url: string
const scratch = temporaryFolder()
let clones = 0

beforeAll(async () => {
  origin = createOrigin(COMMITS)
  backend = await startGitBackend(dirname(origin.path))
  forge = await startFakeForge({
    fixture: {
      owners: [{ alias: 'acme' }],
      projects: [
        { path: 'acme/real', id: 1, visibility: 'public', git: origin.path },
        { path: 'acme/empty', id: 2, visibility: 'public', defaultBranch: 'trunk', commits: [] },
      ],
    },
  })
  url = `${forge.url}/acme/real.git`
})
afterAll(async () => {
  await forge.close()
  await backend.close()
  origin.remove()
  scratch.remove()
})

function nextFolder(): string {
  clones += 1
  return join(scratch.path, `clone-${clones}`)
}

/** Runs the same commands against fakeforge and against git's own server for the same repository; answers both states. */
async function compare(
  protocol: number,
  clone: readonly string[],
  ...then: (readonly string[])[]
): Promise<{ ours: ReturnType<typeof stateOf>; theirs: ReturnType<typeof stateOf>; folder: string }> {
  const version = ['-c', `protocol.version=${protocol}`]
  const states = []
  const folders = [nextFolder(), nextFolder()]
  for (const [i, from] of [url, `${backend.url}/${basename(origin.path)}`].entries()) {
    const folder = folders[i]!
    await gitAsync(scratch.path, [...version, 'clone', '--quiet', ...clone, from, folder])
    for (const args of then) await gitAsync(folder, [...version, ...args])
    states.push(stateOf(folder))
  }
  git(folders[0]!, ['fsck', '--strict', '--no-dangling'])
  return { ours: states[0]!, theirs: states[1]!, folder: folders[0]! }
}

/** How many objects a command receives, by what git's trace says of the pack. */
async function countReceived(folder: string, args: readonly string[]): Promise<number> {
  const before = listObjects(folder).length
  await gitAsync(folder, args)
  return listObjects(folder).length - before
}

describe.each([0, 1, 2])('git over protocol %i', (protocol) => {
  const version = ['-c', `protocol.version=${protocol}`]
  const run = (...args: string[]) => gitAsync(scratch.path, [...version, ...args])

  it('lists refs as git itself does', async () => {
    expect(await run('ls-remote', url)).toBe(await run('ls-remote', origin.path))
  })

  it('lists refs by pattern', async () => {
    const patterns = ['refs/tags/v*', 'main']
    expect(await run('ls-remote', url, ...patterns)).toBe(await run('ls-remote', origin.path, ...patterns))
    expect(lines(await run('ls-remote', '--heads', url, 'main'))).toHaveLength(1)
  })

  it('lists refs sorted by version', async () => {
    const sorted = ['ls-remote', '--tags', '--refs', '--sort=-v:refname']
    expect(await run(...sorted, url)).toBe(await run(...sorted, origin.path))
  })

  it('says which branch HEAD is', async () => {
    expect(lines(await run('ls-remote', '--symref', url, 'HEAD'))[0]).toBe('ref: refs/heads/main\tHEAD')
  })

  it.each([
    ['clone', []],
    ['clone --bare', ['--bare']],
    ['clone --mirror', ['--mirror']],
    ['clone --no-tags', ['--no-tags']],
    ['clone --single-branch', ['--single-branch', '--branch', 'side/20']],
    ['clone --branch of a tag', ['--branch', 'v14', '--single-branch']],
    ['clone --depth 1', ['--depth', '1']],
    ['clone --depth 1 --no-single-branch', ['--depth', '1', '--no-single-branch']],
    ['clone --depth 5', ['--depth', '5']],
    ['clone --depth beyond the root', ['--depth', '1000']],
    ['clone --depth 1 --branch of an annotated tag', ['--depth', '1', '--branch', 'v14']],
    ['clone --depth 1 --branch of a light tag', ['--depth', '1', '--branch', 'light/20']],
    ['clone --shallow-since', [`--shallow-since=${DAY_40}`]],
    ['clone --shallow-exclude of a tag', ['--shallow-exclude=v35']],
    ['clone --shallow-exclude of a branch', ['--shallow-exclude=side/40', '--no-single-branch']],
  ] as const)('%s gets what git itself sends', async (_name, args) => {
    const { ours, theirs } = await compare(protocol, args)
    expect(ours).toEqual(theirs)
  })

  it.each([
    ['fetch --depth', ['--depth', '1'], [['fetch', '--quiet', '--depth', '4']]],
    ['fetch --depth that shortens', ['--depth', '8'], [['fetch', '--quiet', '--depth', '2']]],
    ['fetch --depth of a whole clone', [], [['fetch', '--quiet', '--depth', '2']]],
    ['fetch --deepen', ['--depth', '2'], [['fetch', '--quiet', '--deepen', '3']]],
    ['fetch --deepen over merges', ['--depth', '9'], [['fetch', '--quiet', '--deepen', '7']]],
    ['fetch --unshallow', ['--depth', '3'], [['fetch', '--quiet', '--unshallow']]],
    [
      'fetch --unshallow of all branches',
      ['--depth', '3', '--no-single-branch'],
      [['fetch', '--quiet', '--unshallow']],
    ],
    ['fetch --shallow-since', ['--depth', '1'], [['fetch', '--quiet', `--shallow-since=${DAY_40}`]]],
    ['fetch --shallow-exclude', ['--depth', '1'], [['fetch', '--quiet', '--shallow-exclude=v35']]],
    [
      'fetch of another branch into a shallow clone',
      ['--depth', '3'],
      [['fetch', '--quiet', 'origin', 'side/30']],
    ],
    [
      'fetch of a tag into a shallow clone',
      ['--depth', '3'],
      [['fetch', '--quiet', 'origin', 'tag', 'v7', '--no-tags']],
    ],
    ['fetch --tags', ['--no-tags', '--single-branch'], [['fetch', '--quiet', '--tags']]],
    ['fetch of other refs', [], [['fetch', '--quiet', 'origin', '+refs/*:refs/all/*']]],
  ] as const)('%s leaves what git itself leaves', async (_name, clone, then) => {
    const { ours, theirs } = await compare(protocol, clone, ...then)
    expect(ours.refs).toEqual(theirs.refs)
    expect(ours.shallow).toEqual(theirs.shallow)
    expect(new Set(ours.objects)).toEqual(new Set(theirs.objects))
  })

  it.each(['blob:none', 'blob:limit=100', 'tree:0', 'tree:1', 'tree:2', 'combine:blob:none+tree:2'])(
    'clone --filter=%s leaves out what git itself leaves out',
    async (filter) => {
      const { ours, theirs } = await compare(protocol, ['--bare', '--no-tags', `--filter=${filter}`])
      expect(ours).toEqual(theirs)
    },
  )

  it('gives a partial clone what it lacks when it needs it', async () => {
    const folder = nextFolder()
    await run('clone', '--quiet', '--filter=blob:none', url, folder)
    expect(await gitAsync(folder, [...version, 'show', 'main~20:counter.txt'])).toBe(`${COMMITS - 20}\n`)
    await gitAsync(folder, ['fsck', '--strict', '--no-dangling'])
  })

  it('fetches a commit by its id', async () => {
    const wanted = git(origin.path, ['rev-parse', 'main~17']).trim()
    const folder = nextFolder()
    await run('init', '--quiet', folder)
    await gitAsync(folder, [...version, 'fetch', '--quiet', '--depth', '1', url, wanted])
    expect(git(folder, ['rev-parse', 'FETCH_HEAD']).trim()).toBe(wanted)
    expect(lines(git(folder, ['rev-list', 'FETCH_HEAD']))).toEqual([wanted])
  })

  it('refuses an id that it does not have', async () => {
    const folder = nextFolder()
    await run('init', '--quiet', folder)
    const fetch = gitAsync(folder, [...version, 'fetch', '--quiet', url, 'deadbeef'.repeat(5)])
    await expect(fetch).rejects.toThrow(`remote error: upload-pack: not our ref ${'deadbeef'.repeat(5)}`)
  })

  it('sends a new tag of an old commit, and nothing else', async () => {
    const folder = nextFolder()
    await run('clone', '--quiet', '--no-tags', url, folder)
    expect(
      await countReceived(folder, [...version, 'fetch', '--quiet', 'origin', 'tag', 'v14', '--no-tags']),
    ).toBe(1)
    expect(
      await countReceived(folder, [...version, 'fetch', '--quiet', 'origin', 'tag', 'nested', '--no-tags']),
    ).toBe(2)
    expect(
      await countReceived(folder, [...version, 'fetch', '--quiet', 'origin', 'tag', 'light/10', '--no-tags']),
    ).toBe(0)
  })

  it('sends one new commit with what it changed', async () => {
    const folder = nextFolder()
    await run('clone', '--quiet', '--no-tags', '--single-branch', '--branch', 'light/55', url, folder)
    const wanted = git(origin.path, ['rev-parse', 'main~4']).trim()
    // The commit, its root tree, two more on the way to the changed file, and two files.
    expect(await countReceived(folder, [...version, 'fetch', '--quiet', '--no-tags', 'origin', wanted])).toBe(
      6,
    )
  })

  it('brings along the tags of the commits that are fetched', async () => {
    const folder = nextFolder()
    await run('clone', '--quiet', '--no-tags', '--single-branch', '--branch', 'side/20', url, folder)
    git(folder, ['config', 'remote.origin.tagOpt', ''])
    await gitAsync(folder, [...version, 'fetch', '--quiet', 'origin', '+refs/heads/side/40:refs/heads/forty'])
    const tags = lines(git(folder, ['tag', '--list', '--sort=v:refname']))
    expect(tags).toEqual([
      'light/5',
      'light/10',
      'light/15',
      'light/20',
      'light/25',
      'light/30',
      'light/35',
      'nested',
      'v7',
      'v14',
      'v21',
      'v28',
      'v35',
    ])
  })

  it('negotiates with a clone that has gone its own way', async () => {
    const folder = nextFolder()
    await run('clone', '--quiet', '--no-tags', '--single-branch', '--branch', 'side/20', url, folder)
    for (let i = 0; i < 40; i += 1) git(folder, ['commit', '--quiet', '--allow-empty', '-m', `Own ${i}`])
    const all = listObjects(origin.path).length
    const received = await countReceived(folder, [
      ...version,
      'fetch',
      '--quiet',
      '--no-tags',
      'origin',
      'side/30',
    ])
    expect(received).toBeGreaterThan(0)
    expect(received).toBeLessThan(all / 3)
    git(folder, ['fsck', '--strict', '--no-dangling'])
  })

  it('clones an empty repository', async () => {
    const folder = nextFolder()
    await run('clone', '--quiet', `${forge.url}/acme/empty.git`, folder)
    expect(stateOf(folder)).toEqual({ refs: [], shallow: [], objects: [] })
    expect(await run('ls-remote', `${forge.url}/acme/empty.git`)).toBe('')
    // Only protocol 2 tells of a HEAD that leads nowhere yet.
    if (protocol === 2) expect(git(folder, ['symbolic-ref', 'HEAD']).trim()).toBe('refs/heads/trunk')
  })

  it('serves many clones at once', async () => {
    const folders = Array.from({ length: 8 }, nextFolder)
    await Promise.all(folders.map((folder) => run('clone', '--quiet', '--mirror', url, folder)))
    const expected = listObjects(origin.path)
    for (const folder of folders) expect(listObjects(folder)).toEqual(expected)
  })
})
