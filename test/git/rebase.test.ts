import { describe, expect, it } from 'vitest'
import { walk } from '../../src/git/history.ts'
import { rebase } from '../../src/git/rebase.ts'
import type { Repository } from '../../src/git/repository.ts'
import { type SeedCommit, type SeedFile, seedRepository } from '../../src/git/seed.ts'

const author = { name: 'Ann Author', email: 'ann@example.test', time: 1_700_000_000, offset: 120 }
const committer = { name: 'Rita Rebaser', email: 'rita@example.test', time: 1_710_000_000, offset: 0 }

type Files = Readonly<Record<string, string | SeedFile | null>>

const LINES = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n'
const BASE: Files = { 'text.txt': LINES, 'dir/a.txt': 'a\nb\nc\nd\n', 'dir/b.txt': 'bee\n' }

interface Plan {
  readonly base?: Files
  readonly main?: readonly Files[]
  readonly topic: readonly (Files | Partial<SeedCommit>)[]
}

/** A repository with `main` and `topic`, both from one commit; each of their commits changes some files. */
function build({ base = BASE, main = [{ m: 'm\n' }], topic }: Plan): Repository {
  const commit = (label: string, branch: string, more: Partial<SeedCommit>): SeedCommit => {
    return { label, branch, message: `${label}\n`, author, committer: author, ...more }
  }
  return seedRepository({
    defaultBranch: 'main',
    commits: [
      commit('base', 'main', { files: base }),
      ...main.map((files, i) => commit(`m${i}`, 'main', { files })),
      ...topic.map((change, i) => {
        const isCommit = 'files' in change || 'message' in change || 'parents' in change
        const more = (isCommit ? change : { files: change }) as Partial<SeedCommit>
        return commit(`t${i}`, 'topic', { parents: [i === 0 ? 'base' : `t${i - 1}`], ...more })
      }),
    ],
    branches: {},
    tags: [],
  })
}

function rebaseTopic(repository: Repository) {
  const tip = (name: string) => repository.branch(name)!.commit.oid
  return rebase(repository, { onto: tip('main'), source: tip('topic'), committer })
}

/** The replayed commits, oldest first. */
function replayed(repository: Repository) {
  const result = rebaseTopic(repository)
  if (result.kind !== 'rebased') throw new Error(JSON.stringify(result))
  const exclude = [repository.branch('main')!.commit.oid]
  return [...walk(repository, [result.tip], { exclude })].reverse()
}

function fileAt(repository: Repository, tree: string, path: string): string | undefined {
  let oid: string | undefined = tree
  for (const name of path.split('/'))
    oid = oid && repository.objects.tree(oid).find((entry) => entry.name === name)?.oid
  return oid && repository.objects.read(oid)?.data.toString()
}

function merged(plan: Plan, path: string): string | undefined {
  const repository = build(plan)
  return fileAt(repository, replayed(repository).at(-1)!.tree, path)
}

function conflicts(plan: Plan): readonly string[] | null {
  const result = rebaseTopic(build(plan))
  return result.kind === 'conflict' ? [...result.paths].sort() : null
}

describe('replaying commits', () => {
  it('puts them on top of the target, oldest first', () => {
    const repository = build({ topic: [{ x: '1\n' }, { x: '2\n' }] })
    const commits = replayed(repository)
    expect(commits.map(({ message }) => message)).toEqual(['t0\n', 't1\n'])
    expect(commits[0]!.parents).toEqual([repository.branch('main')!.commit.oid])
    expect(commits[1]!.parents).toEqual([commits[0]!.oid])
    expect(fileAt(repository, commits[1]!.tree, 'x')).toBe('2\n')
    expect(fileAt(repository, commits[1]!.tree, 'm')).toBe('m\n')
  })

  it('keeps authors and sets the committer, without what git trims off names', () => {
    const repository = build({ topic: [{ x: '1\n' }] })
    const onto = repository.branch('main')!.commit.oid
    const source = repository.branch('topic')!.commit.oid
    const result = rebase(repository, { onto, source, committer: { ...committer, name: ' Rita, ' } })
    expect(result.kind === 'rebased' && repository.objects.commit(result.tip)).toMatchObject({
      author,
      committer: { ...committer, name: 'Rita' },
    })
  })

  it('leaves the branches where they are', () => {
    const repository = build({ topic: [{ x: '1\n' }] })
    const before = [...repository.refs()]
    rebaseTopic(repository)
    expect([...repository.refs()]).toEqual(before)
  })

  it('keeps messages but for blank lines at their beginning', () => {
    const message = '\n  \nSubject  \n\n\nBody without an end'
    const repository = build({ topic: [{ message, files: { x: '1\n' } }] })
    expect(replayed(repository)[0]!.message).toBe('Subject  \n\n\nBody without an end')
  })

  it('leaves out merges', () => {
    const repository = build({
      topic: [{ x: '1\n' }, { parents: ['t0', 'm0'], files: {} }, { y: '1\n' }],
      main: [{ m: '1\n' }, { m: '2\n' }],
    })
    expect(replayed(repository).map(({ message }) => message)).toEqual(['t0\n', 't2\n'])
  })

  it('leaves out changes that are upstream already', () => {
    const change = { 'text.txt': LINES.replace('two', '2') }
    const repository = build({ main: [change, { m: 'm\n' }], topic: [change, { x: '1\n' }] })
    expect(replayed(repository).map(({ message }) => message)).toEqual(['t1\n'])
  })

  it('leaves out commits that become empty, and keeps those that were empty', () => {
    const both = LINES.replace('two', '2').replace('seven', '7')
    const repository = build({
      main: [{ 'text.txt': both }],
      topic: [{ 'text.txt': LINES.replace('two', '2') }, { files: {} }],
    })
    expect(replayed(repository).map(({ message }) => message)).toEqual(['t1\n'])
  })

  it('says when nothing is left', () => {
    const change = { 'text.txt': LINES.replace('two', '2') }
    expect(rebaseTopic(build({ main: [change], topic: [change] }))).toEqual({ kind: 'vanished' })
    expect(rebaseTopic(build({ topic: [{ parents: ['base', 'm0'], files: {} }] }))).toEqual({
      kind: 'current',
    })
  })

  it('says which commit is in conflict', () => {
    const repository = build({ main: [{ x: 'm\n' }], topic: [{ y: '1\n' }, { x: 't\n' }] })
    const commit = repository.branch('topic')!.commit.oid
    expect(rebaseTopic(repository)).toEqual({ kind: 'conflict', commit, paths: ['x'] })
  })

  it('replays commits of a history that has nothing in common with the target', () => {
    const repository = build({ topic: [{ parents: [], files: { x: '1\n' } }] })
    const [commit] = replayed(repository)
    expect(fileAt(repository, commit!.tree, 'x')).toBe('1\n')
    expect(fileAt(repository, commit!.tree, 'm')).toBe('m\n')
  })

  it('replays thousands of commits', () => {
    const repository = build({ topic: Array.from({ length: 3000 }, (_, i) => ({ x: `${i}\n` })) })
    expect(replayed(repository)).toHaveLength(3000)
  })
})

describe('merging what both sides changed', () => {
  it('merges texts line by line', () => {
    const plan = {
      main: [{ 'text.txt': LINES.replace('one', '1') }],
      topic: [{ 'text.txt': LINES.replace('five', '5') }],
    }
    expect(merged(plan, 'text.txt')).toBe(LINES.replace('one', '1').replace('five', '5'))
  })

  it('merges modes beside contents', () => {
    const repository = build({
      main: [{ 'text.txt': { content: LINES, executable: true } }],
      topic: [{ 'text.txt': LINES.replace('five', '5') }],
    })
    const tree = repository.objects.tree(replayed(repository).at(-1)!.tree)
    expect(tree.find(({ name }) => name === 'text.txt')?.mode).toBe('100755')
  })

  it.each<[string, Plan, string[]]>([
    [
      'the same line',
      {
        main: [{ 'text.txt': LINES.replace('one', '1') }],
        topic: [{ 'text.txt': LINES.replace('one', 'uno') }],
      },
      ['text.txt'],
    ],
    [
      'a file that one side deleted',
      { main: [{ 'text.txt': null }], topic: [{ 'text.txt': `${LINES}nine\n` }] },
      ['text.txt'],
    ],
    [
      'a file that the other side deleted',
      { main: [{ 'text.txt': `${LINES}nine\n` }], topic: [{ 'text.txt': null }] },
      ['text.txt'],
    ],
    ['a path where each side put a file', { main: [{ x: '1\n' }], topic: [{ x: '2\n' }] }, ['x']],
    ['binary files', { base: { x: '\0' }, main: [{ x: '\0a' }], topic: [{ x: '\0b' }] }, ['x']],
    [
      'where a link leads',
      {
        base: { x: { content: 'a', symlink: true } },
        main: [{ x: { content: 'b', symlink: true } }],
        topic: [{ x: { content: 'c', symlink: true } }],
      },
      ['x'],
    ],
    [
      'a file that became a link',
      { main: [{ 'text.txt': { content: 'a', symlink: true } }], topic: [{ 'text.txt': `${LINES}nine\n` }] },
      ['text.txt'],
    ],
    [
      'the modes of a file that each side added',
      { main: [{ x: '1\n' }], topic: [{ x: { content: '1\n', executable: true } }] },
      ['x'],
    ],
    ['a file in the place of a folder', { main: [{ 'x/y': '1\n' }], topic: [{ x: '1\n' }] }, ['x']],
    ['a folder in the place of a file', { main: [{ x: '1\n' }], topic: [{ 'x/y': '1\n' }] }, ['x']],
  ])('finds a conflict in %s', (_what, plan, paths) => {
    expect(conflicts(plan)).toEqual(paths)
  })

  it('lets a file take the place of a folder that is empty then', () => {
    const plan = { base: { 'x/y': 'y\n' }, topic: [{ 'x/y': null, x: 'x\n' }] }
    expect(merged(plan, 'x')).toBe('x\n')
  })

  it('lets a folder take the place of a file', () => {
    const plan = { base: { x: 'x\n' }, topic: [{ x: null, 'x/y': 'y\n' }] }
    expect(merged(plan, 'x/y')).toBe('y\n')
  })

  it('takes the same file of both sides once', () => {
    expect(merged({ main: [{ x: '1\n' }], topic: [{ x: '1\n', y: '1\n' }] }, 'x')).toBe('1\n')
  })
})

describe('following renames', () => {
  const moved = (content = LINES): Files => ({ 'text.txt': null, 'moved/text.txt': content })

  it('changes a file where the target has moved it', () => {
    const changed = LINES.replace('five', '5')
    expect(merged({ main: [moved()], topic: [{ 'text.txt': changed }] }, 'moved/text.txt')).toBe(changed)
    expect(merged({ main: [moved()], topic: [{ 'text.txt': changed }] }, 'text.txt')).toBeUndefined()
  })

  it('moves a file that the target has changed', () => {
    const changed = LINES.replace('five', '5')
    expect(merged({ main: [{ 'text.txt': changed }], topic: [moved()] }, 'moved/text.txt')).toBe(changed)
  })

  it('knows a file that was changed while it was moved', () => {
    const plan = {
      main: [{ 'text.txt': null, 'other.md': LINES.replace('one', '1') }],
      topic: [{ 'text.txt': LINES.replace('eight', '8') }],
    }
    expect(merged(plan, 'other.md')).toBe(LINES.replace('one', '1').replace('eight', '8'))
  })

  it('takes the same move of both sides once', () => {
    const plan = { main: [moved(LINES.replace('one', '1'))], topic: [moved(LINES.replace('eight', '8'))] }
    expect(merged(plan, 'moved/text.txt')).toBe(LINES.replace('one', '1').replace('eight', '8'))
  })

  it.each<[string, Plan, string[]]>([
    [
      'two places for one file',
      { main: [moved()], topic: [{ 'text.txt': null, elsewhere: LINES }] },
      ['elsewhere', 'moved/text.txt', 'text.txt'],
    ],
    [
      'a moved file that is gone',
      { main: [moved()], topic: [{ 'text.txt': null }] },
      ['moved/text.txt', 'text.txt'],
    ],
    [
      'a moved file in the place of another one',
      { main: [moved()], topic: [{ 'text.txt': LINES.replace('one', '1'), 'moved/text.txt': 'new\n' }] },
      ['moved/text.txt'],
    ],
    [
      'a new file in a folder that was moved',
      {
        main: [{ 'dir/a.txt': null, 'dir/b.txt': null, 'new/a.txt': 'a\nb\nc\nd\n', 'new/b.txt': 'bee\n' }],
        topic: [{ 'dir/c.txt': 'c\n' }],
      },
      ['dir/c.txt'],
    ],
  ])('finds a conflict in %s', (_what, plan, paths) => {
    expect(conflicts(plan)).toEqual(paths)
  })
})
