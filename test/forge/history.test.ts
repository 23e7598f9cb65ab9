import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { diffCommits } from '../../src/forge/file-diffs.ts'
import { listFolder, readFile } from '../../src/forge/files.ts'
import { validateFixture } from '../../src/forge/fixture/load.ts'
import { Forge } from '../../src/forge/forge.ts'
import {
  allTips,
  getCommit,
  isMerged,
  listCommits,
  mergeBase,
  mergedInto,
  refsWith,
  resolveCommit,
} from '../../src/forge/history.ts'
import type { Project } from '../../src/forge/project.ts'
import { World } from '../../src/forge/world.ts'
import { RealGit } from '../git/real-git.ts'

const day = (n: number) => `2024-01-${String(n).padStart(2, '0')}T10:00:00Z`
const long = Array.from({ length: 40 }, (_, i) => `line ${i}`)
const edited = long.map((line, i) => (i === 5 || i === 30 ? `${line}!` : line))

/** Two branches that touch the same and other files, merged twice, with moves, modes, links and bytes. */
const commits = [
  {
    label: 'a',
    branch: 'main',
    date: day(1),
    files: { 'a.txt': 'one\n', 'dir/b.txt': `${long.join('\n')}\n` },
  },
  { label: 'b', branch: 'main', date: day(2), files: { 'a.txt': 'one\ntwo\n', 'dir/c.txt': 'see\n' } },
  {
    label: 's',
    branch: 'side',
    parents: ['a'],
    date: day(3),
    files: { 'dir/b.txt': `${edited.join('\n')}\n` },
  },
  { label: 't', branch: 'side', date: day(4), files: { 'a.txt': 'one\ntwo\n', 'end.txt': 'no newline' } },
  {
    label: 'm',
    branch: 'main',
    parents: ['b', 't'],
    date: day(5),
    files: { 'dir/b.txt': `${edited.join('\n')}\n` },
  },
  {
    label: 'n',
    branch: 'main',
    date: day(6),
    files: { 'dir/c.txt': null, 'moved.txt': 'see\n', 'end.txt': 'no newline\nbut more', 'bin.dat': 'a\0b' },
  },
  { label: 'o', branch: 'side', date: day(7), files: { 'dir/c.txt': 'other\n', 'a.txt': null } },
  {
    label: 'p',
    branch: 'main',
    parents: ['n', 'o'],
    date: day(8),
    files: { 'run.sh': { content: '#!\n', executable: true } },
  },
  { label: 'q', branch: 'main', date: day(9), files: { 'run.sh': '#!\n' } },
].map((commit) => ({ ...commit, message: `${commit.label}\n`, author: 'ada' }))

let project: Project
let git: RealGit

beforeAll(async () => {
  const fixture = await validateFixture(
    {
      users: [{ username: 'ada' }],
      owners: [{ alias: 'acme' }],
      projects: [{ path: 'acme/widgets', commits, tags: [{ name: 'v1', target: 'b', message: 'v1\n' }] }],
    },
    'the test',
  )
  const world = await World.open({ fixture, source: 'the test', folder: '/' })
  const forge = new Forge(world, { now: () => 0 })
  project = await forge.open(forge.specs[0]!)
  git = new RealGit()
  git.load(project.repository)
})
afterAll(() => git.remove())

const oid = (revision: string) => git.run(['rev-parse', `${revision}^{commit}`])

describe('listCommits', () => {
  it.each(['a.txt', 'dir', 'dir/b.txt', 'dir/c.txt', 'end.txt', 'moved.txt', 'run.sh', 'nope'])(
    'finds what changed %s as git log does',
    (path) => {
      for (const tip of ['main', 'side', 'main~1']) {
        const found = listCommits(project, { tips: [oid(tip)], path }).map((commit) => commit.oid)
        expect(found).toEqual(git.lines(['log', '--format=%H', tip, '--', path]))
        const straight = listCommits(project, { tips: [oid(tip)], path, firstParent: true })
        expect(straight.map((commit) => commit.oid)).toEqual(
          git.lines(['log', '--format=%H', '--first-parent', tip, '--', path]),
        )
      }
    },
  )

  it('pages and leaves out', () => {
    const all = git.lines(['log', '--format=%H', '--all'])
    expect(listCommits(project, { tips: allTips(project) }).map((commit) => commit.oid)).toEqual(all)
    const page = listCommits(project, { tips: [oid('main')], offset: 2, limit: 3 })
    expect(page.map((commit) => commit.oid)).toEqual(
      git.lines(['log', '--format=%H', '--skip=2', '-n3', 'main']),
    )
    const ahead = listCommits(project, { tips: [oid('main')], exclude: [oid('side')] })
    expect(ahead.map((commit) => commit.oid)).toEqual(git.lines(['log', '--format=%H', 'side..main']))
    expect(listCommits(project, { tips: [oid('main')], limit: 0 })).toEqual([])
  })
})

it('knows what is merged, and where two histories part', () => {
  const into = mergedInto(project, oid('side'))
  for (const commit of git.lines(['rev-list', '--all'])) {
    const merged = git.attempt(['merge-base', '--is-ancestor', commit, 'side']) !== null
    expect(isMerged(project, commit, oid('side'))).toBe(merged)
    expect(into(commit)).toBe(merged)
    expect(mergeBase(project, commit, oid('side'))).toBe(git.run(['merge-base', commit, 'side']))
    const branches = git.lines([
      'for-each-ref',
      '--format=%(refname:strip=2)',
      '--contains',
      commit,
      'refs/heads',
    ])
    expect(refsWith(project, commit, 'branches')).toEqual(branches)
    expect(refsWith(project, commit, 'tags')).toEqual(git.lines(['tag', '--contains', commit]))
  }
})

it('resolves revisions to commits only', () => {
  expect(resolveCommit(project, 'v1').message).toBe('b\n')
  expect(getCommit(project, git.run(['rev-parse', 'v1'])).message).toBe('b\n')
  expect(() => resolveCommit(project, 'main:a.txt')).toThrow('revision-unknown')
  expect(() => resolveCommit(project, 'nope')).toThrow('revision-unknown')
  expect(() => getCommit(project, git.run(['rev-parse', 'main^{tree}']))).toThrow('object-missing')
})

it('lists folders and reads files as git has them', () => {
  const tip = resolveCommit(project, 'main')
  const lines = (recursive: boolean) =>
    listFolder(project, tip, '', recursive)?.map(
      ({ mode, type, oid, path }) => `${mode} ${type} ${oid}\t${path}`,
    )
  expect(lines(false)).toEqual(git.lines(['ls-tree', 'main']))
  expect(lines(true)).toEqual(git.lines(['ls-tree', '-r', '-t', 'main']))
  expect(readFile(project, tip, 'dir/b.txt')?.data).toEqual(git.runRaw(['show', 'main:dir/b.txt']))
  expect(readFile(project, tip, 'dir')).toBeNull()
  expect(readFile(project, tip, 'nope/x')).toBeNull()
  expect(listFolder(project, tip, 'moved.txt')).toBeNull()
})

it('writes the hunks that git writes, functions after @@ left out', () => {
  for (const after of git.lines(['rev-list', '--all'])) {
    const [parent] = getCommit(project, after).parents
    const before = parent === undefined ? null : getCommit(project, parent)
    const files = diffCommits(project, before, getCommit(project, after))
    const range = parent === undefined ? ['--root', after] : [parent, after]
    const patch = git.run(['diff-tree', '-p', '-M100%', '--no-commit-id', ...range]).concat('\n')
    const expected = patch
      .split(/^diff --git .*\n/m)
      .slice(1)
      .map((part) => part.slice(Math.max(part.search(/^@@ /m), 0)).replace(/^(@@ .*? @@).*$/gm, '$1'))
      .map((hunks) => (hunks.startsWith('@@') ? hunks : ''))
    expect(files.map((file) => file.hunks)).toEqual(expected)
  }
})

it('tells renamed, removed and binary files apart', () => {
  const files = diffCommits(project, resolveCommit(project, 'main~3'), resolveCommit(project, 'main~2'))
  expect(files.map(({ kind, oldPath, newPath, isBinary }) => [kind, oldPath, newPath, isBinary])).toEqual([
    ['added', 'bin.dat', 'bin.dat', true],
    ['modified', 'end.txt', 'end.txt', false],
    ['renamed', 'dir/c.txt', 'moved.txt', false],
  ])
  const back = diffCommits(project, resolveCommit(project, 'main~2'), resolveCommit(project, 'main~4'))
  expect(back.map(({ kind, newPath }) => [kind, newPath])).toContainEqual(['removed', 'bin.dat'])
})
