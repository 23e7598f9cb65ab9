import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeCommit } from '../../src/git/commit-codec.ts'
import { diffStat } from '../../src/git/diff-stat.ts'
import { type FileMap, putFile, type TreeFile, writeFolders } from '../../src/git/file-map.ts'
import type { Oid } from '../../src/git/model.ts'
import { Repository } from '../../src/git/repository.ts'
import { encodeTree } from '../../src/git/tree-codec.ts'
import { changedFiles, diffTrees } from '../../src/git/tree-diff.ts'
import { RealGit } from './real-git.ts'

type Content = string | { readonly mode: string; readonly content: string }
type Files = Readonly<Record<string, Content>>

const ada = { name: 'Ada', email: 'ada@example.test', time: 1_700_000_000, offset: 0 }
const module1 = '1'.repeat(40)
const module2 = '2'.repeat(40)

function writeFiles(repository: Repository, files: Files): Oid {
  const map: FileMap = new Map()
  for (const [path, content] of Object.entries(files)) putFile(map, path, writeFile(repository, content))
  return writeFolders(map, (entries) => repository.objects.write('tree', encodeTree(entries)))
}

function writeFile(repository: Repository, file: Content): TreeFile {
  const { mode, content } = typeof file === 'string' ? { mode: '100644', content: file } : file
  if (mode === '160000') return { mode, oid: content }
  return { mode, oid: repository.objects.write('blob', Buffer.from(content, 'latin1')) }
}

function commitFiles(repository: Repository, files: Files, parents: readonly Oid[]): Oid {
  const tree = writeFiles(repository, files)
  const message = 'commit\n'
  const data = encodeCommit({ tree, parents, author: ada, committer: ada, message, signature: null })
  return repository.objects.write('commit', data)
}

/** Ours and git's figures for one commit on top of another. */
function statsOf(pairs: readonly (readonly [Files, Files])[]): { ours: unknown[]; gits: unknown[] } {
  const repository = Repository.create('main')
  const commits = pairs.map(([before, after]) =>
    commitFiles(repository, after, [commitFiles(repository, before, [])]),
  )
  const git = new RealGit()
  try {
    git.load(repository)
    const gits = commits.map((oid) => {
      const rows = git
        .lines(['diff', '--numstat', '-M100%', '-l0', `${oid}~1`, oid])
        .map((line) => line.split('\t').map((field) => Number(field) || 0))
      const additions = rows.reduce((sum, [added = 0]) => sum + added, 0)
      const deletions = rows.reduce((sum, [, removed = 0]) => sum + removed, 0)
      return { additions, deletions, total: additions + deletions }
    })
    return { ours: commits.map((oid) => diffStat(repository, oid)), gits }
  } finally {
    git.remove()
  }
}

describe('diffTrees', () => {
  test('tells added, modified and removed files', () => {
    const repository = Repository.create('main')
    const before = writeFiles(repository, {
      'gone.txt': 'a\n',
      'dir/kept': 'b\n',
      'dir/changed': 'c\n',
      tool: 'd\n',
    })
    const after = writeFiles(repository, {
      'new/file': 'a\n',
      'dir/kept': 'b\n',
      'dir/changed': 'C\n',
      tool: { mode: '100755', content: 'd\n' },
    })
    const blob = (content: string) => repository.objects.write('blob', Buffer.from(content))
    expect(diffTrees(repository, before, after)).toEqual([
      {
        path: 'dir/changed',
        kind: 'modified',
        before: blob('c\n'),
        after: blob('C\n'),
        modes: { before: '100644', after: '100644' },
      },
      { path: 'gone.txt', kind: 'removed', before: blob('a\n'), modes: { before: '100644' } },
      { path: 'new/file', kind: 'added', after: blob('a\n'), modes: { after: '100644' } },
      {
        path: 'tool',
        kind: 'modified',
        before: blob('d\n'),
        after: blob('d\n'),
        modes: { before: '100644', after: '100755' },
      },
    ])
    expect(diffTrees(repository, null, null)).toEqual([])
    expect(diffTrees(repository, before, null).map(({ kind }) => kind)).toEqual([
      'removed',
      'removed',
      'removed',
      'removed',
    ])
  })

  test('compares a commit with its first parent, a root commit with nothing', () => {
    const repository = Repository.create('main')
    const root = commitFiles(repository, { a: '1\n' }, [])
    const side = commitFiles(repository, { a: '1\n', b: '2\n' }, [root])
    const merge = commitFiles(repository, { a: '1\n', c: '3\n' }, [root, side])
    expect(changedFiles(repository, root).map(({ kind, path }) => `${kind} ${path}`)).toEqual(['added a'])
    expect(changedFiles(repository, merge).map(({ kind, path }) => `${kind} ${path}`)).toEqual(['added c'])
  })

  test('lists what git diff-tree lists, in its order', () => {
    const name = fc.constantFrom('a', 'a.b', 'a-', 'a0', 'b', '\uffee', '\u{1f600}', 'é')
    const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'))
    const content = fc.oneof(
      fc.constantFrom('one\n', 'two\n'),
      fc.record({ mode: fc.constantFrom('100755', '120000'), content: fc.constantFrom('one\n', 'two\n') }),
      fc.record({ mode: fc.constant('160000'), content: fc.constantFrom(module1, module2) }),
    )
    const files = fc.dictionary(path, content, { maxKeys: 12 })
    fc.assert(
      fc.property(files, files, (before, after) => {
        const repository = Repository.create('main')
        const trees = [writeFiles(repository, before), writeFiles(repository, after)] as const
        const git = new RealGit()
        try {
          git.load(repository)
          const rows = git.run(['diff-tree', '-r', '-z', '--no-renames', ...trees]).split('\0')
          const ours = diffTrees(repository, ...trees).flatMap(({ path, before, after, modes }) => [
            `:${modes.before ?? '000000'} ${modes.after ?? '000000'} ${before ?? '0'.repeat(40)} ${after ?? '0'.repeat(40)}`,
            path,
          ])
          expect(ours).toEqual(rows.filter(Boolean).map((row) => row.replace(/ [AMDT]$/, '')))
        } finally {
          git.remove()
        }
      }),
      { numRuns: 30 },
    )
  })
})

describe('diffStat', () => {
  test.each<[string, Files, Files]>([
    ['edits', { a: '1\n2\n3\n4\n5\n' }, { a: '1\nzwei\n3\n5\n6\n7\n' }],
    ['added and removed files', { a: '1\n2\n', b: '3\n' }, { b: '3\n', c: '4\n5\n6\n' }],
    ['a last line that loses its newline', { a: '1\n2\n' }, { a: '1\n2' }],
    ['a last line that gains a newline', { a: '1\n2' }, { a: '1\n2\n' }],
    ['only a last line without newline', {}, { a: 'x' }],
    ['carriage returns', { a: '1\n2\n' }, { a: '1\r\n2\r\n' }],
    ['a binary file', { a: 'x\0y\n' }, { a: 'x\0z\nmore\n' }],
    ['a text that becomes binary', { a: '1\n2\n' }, { a: '1\n\0\n' }],
    ['a NUL far down', { a: `${'x'.repeat(9000)}\0\n` }, { a: `${'x'.repeat(9000)}\0\n1\n` }],
    ['a NUL at the edge of what git looks at', { a: '' }, { a: `${'x'.repeat(7999)}\0\n` }],
    ['a NUL just beyond it', { a: '' }, { a: `${'x'.repeat(8000)}\0\n` }],
    ['bytes that are no UTF-8', { a: '\xff\xfe\n' }, { a: '\xff\xfd\n' }],
    ['a changed mode', { a: '1\n' }, { a: { mode: '100755', content: '1\n' } }],
    ['a link that becomes a file', { a: { mode: '120000', content: 'target' } }, { a: 'target\n' }],
    [
      'a submodule that moves',
      { m: { mode: '160000', content: module1 } },
      { m: { mode: '160000', content: module2 } },
    ],
    ['a new submodule', {}, { m: { mode: '160000', content: module2 } }],
    ['a moved file', { a: '1\n2\n3\n' }, { 'b/c': '1\n2\n3\n' }],
    [
      'a moved file that becomes executable',
      { a: '1\n2\n3\n' },
      { b: { mode: '100755', content: '1\n2\n3\n' } },
    ],
    ['a file that moves into a link', { a: '1\n2\n3\n' }, { b: { mode: '120000', content: '1\n2\n3\n' } }],
    ['one file that becomes two', { a: '1\n2\n3\n' }, { b: '1\n2\n3\n', c: '1\n2\n3\n' }],
    ['two files that become one', { a: '1\n2\n3\n', b: '1\n2\n3\n' }, { c: '1\n2\n3\n' }],
    ['a file that becomes a folder', { a: '1\n' }, { 'a/b': '2\n3\n' }],
    ['no change', { a: '1\n' }, { a: '1\n' }],
  ])('counts %s as git diff --numstat does', (_, before, after) => {
    const { ours, gits } = statsOf([[before, after]])
    expect(ours).toEqual(gits)
  })

  test('counts edited texts as git diff --numstat does', () => {
    const line = fc.constantFrom(...Array.from({ length: 40 }, (_, i) => `line ${i}\n`))
    const edit = fc.record({ at: fc.nat(1000), remove: fc.nat(3), insert: fc.array(line, { maxLength: 3 }) })
    const text = fc.array(line, { maxLength: 30 })
    const pair = fc.tuple(text, fc.array(edit, { maxLength: 4 })).map(([before, edits]): [Files, Files] => {
      const after = [...before]
      for (const { at, remove, insert } of edits) after.splice(at % (after.length + 1), remove, ...insert)
      return [{ a: before.join('') }, { a: after.join('') }]
    })
    fc.assert(
      fc.property(fc.array(pair, { minLength: 20, maxLength: 20 }), (pairs) => {
        const { ours, gits } = statsOf(pairs)
        expect(ours).toEqual(gits)
      }),
      { numRuns: 10 },
    )
  })

  test('counts against the first parent, a root commit against nothing', () => {
    const repository = Repository.create('main')
    const root = commitFiles(repository, { a: '1\n2\n' }, [])
    const side = commitFiles(repository, { a: '1\n2\n', b: '2\n' }, [root])
    const merge = commitFiles(repository, { a: '1\n', b: '2\n' }, [root, side])
    expect(diffStat(repository, root)).toEqual({ additions: 2, deletions: 0, total: 2 })
    expect(diffStat(repository, merge)).toEqual({ additions: 1, deletions: 1, total: 2 })
  })

  test('gives up on files without end rather than hang', () => {
    const repository = Repository.create('main')
    const numbers = Array.from({ length: 20_000 }, (_, i) => `${(i * 7919) % 20_000}\n`)
    const before = commitFiles(repository, { a: numbers.join('') }, [])
    const shuffled = commitFiles(repository, { a: [...numbers].sort().join('') }, [before])
    const replaced = commitFiles(repository, { a: numbers.map((line) => `x${line}`).join('') }, [before])
    expect(diffStat(repository, replaced)).toEqual({ additions: 20_000, deletions: 20_000, total: 40_000 })
    const { additions, deletions } = diffStat(repository, shuffled)
    expect(additions).toBe(deletions)
  })
})
