import git from 'isomorphic-git'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ForgeError } from '../../src/failure.ts'
import type { Oid, Signature } from '../../src/git/model.ts'
import type { Repository } from '../../src/git/repository.ts'
import { resolveRevision } from '../../src/git/revision.ts'
import { type Seed, type SeedCommit, type SeedTag, seedRepository } from '../../src/git/seed.ts'
import { createStoreFs } from '../../src/git/store-fs.ts'
import { RealGit } from './real-git.ts'

const ada: Signature = { name: 'Ada Admin', email: 'ada@example.test', time: 1_704_096_000, offset: 120 }
const dee: Signature = {
  name: ' Дина Ö. <Dee>, ',
  email: 'dee@example.test',
  time: 1_704_182_400,
  offset: 330,
}
const far: Signature = { name: 'Far Away', email: 'far@example.test', time: 1_704_268_800, offset: -210 }

type Files = NonNullable<SeedCommit['files']>

function commit(label: string, branch: string, files: Files, rest: Partial<SeedCommit> = {}): SeedCommit {
  return { label, branch, message: `${label}\n`, author: ada, committer: ada, files, ...rest }
}

async function seed(commits: readonly SeedCommit[], rest: Partial<Seed> = {}): Promise<Repository> {
  return seedRepository({ defaultBranch: 'main', commits, branches: {}, tags: [], ...rest })
}

/** What git finds in a tree: `mode path` per file. */
function listFiles(repository: Repository, revision: string): Record<string, string> {
  const real = new RealGit()
  try {
    real.load(repository)
    const rows = real
      .lines(['ls-tree', '-r', '-z', resolveRevision(repository, revision)])
      .join('\n')
      .split('\0')
      .filter(Boolean)
    return Object.fromEntries(
      rows.map((row) => {
        const [mode = '', , oid = '', path = ''] = row.split(/[ \t]/)
        const content = repository.objects.read(oid)!.data.toString()
        return [path, mode === '100644' ? content : `${mode} ${content}`]
      }),
    )
  } finally {
    real.remove()
  }
}

describe('gives the ids of git', () => {
  let real: RealGit

  beforeEach(() => {
    real = new RealGit()
  })

  afterEach(() => real.remove())

  function dateOf({ time, offset }: Signature): string {
    const minutes = Math.abs(offset)
    const zone = `${offset < 0 ? '-' : '+'}${String(Math.floor(minutes / 60) * 100 + (minutes % 60)).padStart(4, '0')}`
    return `${time} ${zone}`
  }

  /** The tree of files given as `mode` and content, through an index of git's own. */
  function treeOf(files: Readonly<Record<string, readonly [mode: string, content: string | Buffer]>>): Oid {
    real.run(['read-tree', '--empty'])
    for (const [path, [mode, content]] of Object.entries(files)) {
      const oid = real.run(['hash-object', '-w', '--stdin'], { input: content })
      real.run(['update-index', '--add', '--cacheinfo', `${mode},${oid},${path}`])
    }
    return real.run(['write-tree'])
  }

  function commitOf(
    tree: Oid,
    parents: readonly Oid[],
    message: string,
    author: Signature,
    committer: Signature,
  ): Oid {
    return real.run(['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent]), '-F', '-'], {
      input: message,
      env: {
        GIT_AUTHOR_NAME: author.name,
        GIT_AUTHOR_EMAIL: author.email,
        GIT_AUTHOR_DATE: dateOf(author),
        GIT_COMMITTER_NAME: committer.name,
        GIT_COMMITTER_EMAIL: committer.email,
        GIT_COMMITTER_DATE: dateOf(committer),
      },
    })
  }

  test('to commits with any files, names and zones', async () => {
    const binary = Buffer.from([0, 255, 254, 13, 10])
    const message = '  Größe ✓\r\n\n\nno newline at the end'
    const repository = await seed([
      commit('c1', 'main', {}, { author: dee, committer: far, message }),
      commit('c2', 'main', {
        'README.md': '# Widgets\r\n',
        'a.txt': 'a',
        'a/b/c': 'deep\n',
        'a-b': '',
        'tool.sh': { content: '#!/bin/sh\n', executable: true },
        'a/link': { content: '../README.md', symlink: true },
        'ünï/\u{1f600}': 'astral\n',
        'ünï/\uffee': 'last of the plane\n',
        'image.bin': { content: binary },
      }),
      commit('c3', 'main', { 'a/b/c': null, 'a-b': { content: '', executable: true } }),
    ])
    const files = {
      'README.md': ['100644', '# Widgets\r\n'],
      'a.txt': ['100644', 'a'],
      'a/b/c': ['100644', 'deep\n'],
      'a-b': ['100644', ''],
      'tool.sh': ['100755', '#!/bin/sh\n'],
      'a/link': ['120000', '../README.md'],
      'ünï/\u{1f600}': ['100644', 'astral\n'],
      'ünï/\uffee': ['100644', 'last of the plane\n'],
      'image.bin': ['100644', binary],
    } as const
    const c1 = commitOf(treeOf({}), [], message, dee, far)
    const c2 = commitOf(treeOf(files), [c1], 'c2\n', ada, ada)
    const { 'a/b/c': _, ...left } = files
    const c3 = commitOf(treeOf({ ...left, 'a-b': ['100755', ''] }), [c2], 'c3\n', ada, ada)
    const ours = ['main~2', 'main~1', 'main'].map((revision) => resolveRevision(repository, revision))
    expect(ours).toEqual([c1, c2, c3])
  })

  test('to clean merges', async () => {
    const lines = (text: string) => `${text}\n`.repeat(20)
    const repository = await seed([
      commit('base', 'main', {
        kept: lines('k'),
        ours: lines('o'),
        theirs: lines('t'),
        gone: lines('g'),
        'x/y': lines('y'),
        both: lines('b'),
      }),
      commit('left', 'main', { ours: lines('O'), 'x/y': null, left: lines('l'), both: lines('B') }),
      commit(
        'right',
        'side',
        {
          theirs: lines('T'),
          gone: null,
          'new/right': lines('r'),
          kept: { content: lines('k'), executable: true },
          both: lines('B'),
        },
        { parents: ['base'] },
      ),
      commit('merge', 'main', {}, { parents: ['left', 'right'], message: 'merge\n' }),
    ])
    real.load(repository)
    const [left, right] = ['main^1', 'main^2'].map((revision) => resolveRevision(repository, revision))
    const merged = real.run(['merge-tree', '--write-tree', left!, right!])
    expect(resolveRevision(repository, 'main^{tree}')).toBe(merged)
  })

  test('to annotated tags', async () => {
    const tags: SeedTag[] = [
      { name: 'v1', target: 'c1', message: 'One', tagger: dee },
      { name: 'v2', target: 'c1', message: 'Two\n\n\n', tagger: far },
      { name: 'of/v1', target: 'v1', message: 'Größe ✓\r', tagger: ada },
      { name: 'tree', target: 'v1^{tree}', message: 'a tree', tagger: ada },
      { name: 'blob', target: 'c1:dir/file', message: 'a blob', tagger: ada },
      { name: 'empty', target: 'c1', message: '', tagger: ada },
    ]
    const repository = await seed([commit('c1', 'main', { 'dir/file': 'content\n' })], { tags })
    const taggers = { v1: dee, v2: far, 'of/v1': ada, tree: ada, blob: ada, empty: ada }
    const targets = {
      v1: 'main',
      v2: 'main',
      'of/v1': 'v1',
      tree: 'main^{tree}',
      blob: 'main:dir/file',
      empty: 'main',
    }
    const c1 = commitOf(treeOf({ 'dir/file': ['100644', 'content\n'] }), [], 'c1\n', ada, ada)
    real.run(['update-ref', 'refs/heads/main', c1])
    for (const { name, message = '' } of tags) {
      const tagger = taggers[name as keyof typeof taggers]
      const stored = message === '' || message.endsWith('\n') ? message : `${message}\n`
      real.run(['tag', '-a', '--cleanup=verbatim', '-F', '-', name, targets[name as keyof typeof targets]], {
        input: stored,
        env: {
          GIT_COMMITTER_NAME: tagger.name,
          GIT_COMMITTER_EMAIL: tagger.email,
          GIT_COMMITTER_DATE: dateOf(tagger),
        },
      })
    }
    const rows = real.lines(['for-each-ref', '--format=%(refname) %(objectname)'])
    expect(Array.from(repository.refs(), ([ref, oid]) => `${ref} ${oid}`)).toEqual(rows)
  })
})

test('builds a repository without commits', async () => {
  const repository = await seed([], { defaultBranch: 'trunk' })
  expect(repository.isEmpty).toBe(true)
  expect(repository.head).toBe('refs/heads/trunk')
  expect([...repository.refs()]).toEqual([])
})

test('starts each branch anew unless parents are given', async () => {
  const repository = await seed([
    commit('a', 'main', { a: '' }),
    commit('b', 'other', { b: '' }),
    commit('c', 'topic', { c: '' }, { parents: ['a'] }),
    commit('d', 'main', { d: '' }),
    commit('e', 'main', { e: '' }, { parents: [] }),
  ])
  expect(Object.keys(listFiles(repository, 'other'))).toEqual(['b'])
  expect(Object.keys(listFiles(repository, 'topic'))).toEqual(['a', 'c'])
  expect(Object.keys(listFiles(repository, 'main'))).toEqual(['e'])
})

test('puts branches where they are told to be', async () => {
  const commits = [commit('a', 'main', { a: '' }), commit('b', 'main', { b: '' })]
  const repository = await seed(commits, { branches: { main: 'a', 'feature/x': 'b' } })
  const [a, b] = [repository.ref('refs/heads/main'), repository.ref('refs/heads/feature/x')]
  expect([...repository.refs()]).toEqual([
    ['refs/heads/feature/x', b],
    ['refs/heads/main', a],
  ])
  expect(repository.objects.commit(b!).parents).toEqual([a])
})

test('lets files and folders make way for one another', async () => {
  const repository = await seed([
    commit('a', 'main', { 'x/y': '1', 'x/z/w': '2', f: '3', 'gone/a': '4', 'gone/b/c': '5' }),
    commit('b', 'main', { x: '6', 'f/g': '7', gone: null, 'never/there': null }),
  ])
  expect(listFiles(repository, 'main')).toEqual({ x: '6', 'f/g': '7' })
})

test('keeps the first parent where both sides of a merge changed a file', async () => {
  const repository = await seed([
    commit('base', 'main', { both: '0', mine: '0', gone: '0' }),
    commit('left', 'main', { both: 'left', gone: null, slot: 'a file', fixed: 'left' }),
    commit(
      'right',
      'side',
      { both: 'right', gone: 'right', 'slot/file': 'right', fixed: 'right', new: 'right' },
      { parents: ['base'] },
    ),
    commit('merge', 'main', { fixed: 'by hand' }, { parents: ['left', 'right'] }),
  ])
  expect(listFiles(repository, 'main')).toEqual({
    both: 'left',
    mine: '0',
    slot: 'a file',
    fixed: 'by hand',
    new: 'right',
  })
})

test('merges histories that have nothing in common, and more than two', async () => {
  const repository = await seed([
    commit('a', 'main', { a: 'a' }),
    commit('b', 'b', { b: 'b', a: 'other' }),
    commit('c', 'c', { c: 'c' }, { parents: ['a'] }),
    commit('m', 'main', {}, { parents: ['a', 'b', 'c'] }),
  ])
  expect(listFiles(repository, 'main')).toEqual({ a: 'a', b: 'b', c: 'c' })
  expect(repository.branch('main')?.commit.parents).toHaveLength(3)
})

test.each([
  ['a parent', { commits: [commit('a', 'main', {}, { parents: ['none'] })] }, 'none'],
  ['a branch', { branches: { x: 'none' } }, 'none'],
  ['a tag', { tags: [{ name: 'v1', target: 'none^{tree}' }] }, 'none^{tree}'],
])('refuses %s with an unknown label', async (_, rest, revision) => {
  const failure = await seed([], rest).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(ForgeError)
  expect({ code: (failure as ForgeError).code, ...(failure as ForgeError).details }).toEqual({
    code: 'revision-unknown',
    revision,
    ambiguous: false,
  })
})

test('refuses a tag name that git refuses', async () => {
  const failed = seed([commit('a', 'main', {})], { tags: [{ name: 'a..b', target: 'a' }] })
  await expect(failed).rejects.toMatchObject({ code: 'ref-name-invalid' })
})

describe('the file system for isomorphic-git', () => {
  test('shows the objects of the store', async () => {
    const repository = await seed([commit('a', 'main', { 'dir/file': 'content\n' }), commit('b', 'main', {})])
    const fs = createStoreFs(repository.objects)
    const oid = repository.ref('HEAD')!
    const log = await git.log({ fs, gitdir: '/', ref: oid })
    expect(log.map((entry) => entry.commit.message)).toEqual(['b\n', 'a\n'])
    const { blob } = await git.readBlob({ fs, gitdir: '/', oid, filepath: 'dir/file' })
    expect(Buffer.from(blob).toString()).toBe('content\n')
    await expect(git.readCommit({ fs, gitdir: '/', oid: 'f'.repeat(40) })).rejects.toMatchObject({
      code: 'NotFoundError',
    })
  })

  test('stores what isomorphic-git writes', async () => {
    const repository = await seed([commit('a', 'main', {})])
    const fs = createStoreFs(repository.objects)
    const oid = await git.writeBlob({ fs, gitdir: '/', blob: Buffer.from('new\n') })
    expect(repository.objects.read(oid)).toEqual({ type: 'blob', data: Buffer.from('new\n') })
  })

  test('keeps other files in a volume of their own', async () => {
    const repository = await seed([commit('a', 'main', {})])
    const fs = createStoreFs(repository.objects)
    await git.init({ fs, dir: '/work', defaultBranch: 'main' })
    await git.setConfig({ fs, dir: '/work', path: 'user.name', value: 'Ada' })
    await git.writeRef({ fs, dir: '/work', ref: 'refs/heads/main', value: repository.ref('HEAD')! })
    expect(await git.getConfig({ fs, dir: '/work', path: 'user.name' })).toBe('Ada')
    expect((await git.log({ fs, dir: '/work' })).map((entry) => entry.oid)).toEqual([repository.ref('HEAD')])
  })

  test('refuses an object under another name than its own', async () => {
    const { objects } = await seed([])
    const fs = createStoreFs(objects)
    const file = await createStoreFs(objects)
      .promises.readFile('/objects/none' as never)
      .catch((error: unknown) => error)
    expect(file).toMatchObject({ code: 'ENOENT' })
    const write = fs.promises.writeFile as (path: string, data: Buffer) => Promise<unknown>
    const { deflateSync } = await import('node:zlib')
    const wrong = write(`/objects/aa/${'a'.repeat(38)}`, deflateSync(Buffer.from('blob 1\0x')))
    await expect(wrong).rejects.toMatchObject({ code: 'object-corrupt' })
  })
})
