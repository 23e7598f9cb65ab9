import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ForgeError } from '../../src/failure.ts'
import type { Oid } from '../../src/git/model.ts'
import type { Repository } from '../../src/git/repository.ts'
import { type RevisionOptions, resolveRevision } from '../../src/git/revision.ts'
import { RealGit } from './real-git.ts'

let git: RealGit
let repository: Repository
/** Four digits that begin a commit and a blob, two blobs, two commits, a tree and a blob. */
const shared: Record<string, string> = {}
let c1: Oid
let c3: Oid

beforeAll(() => {
  git = new RealGit()
  const blob = git.run(['hash-object', '-w', '--stdin'], { input: 'hello\n' })
  const folder = git.run(['mktree'], {
    input: `100644 blob ${blob}\tinner file\n120000 blob ${blob}\tlink\n`,
  })
  const root = git.run(['mktree'], {
    input: `100644 blob ${blob}\tREADME\n040000 tree ${folder}\tfolder\n160000 commit ${'1'.repeat(40)}\tmodule\n100644 blob ${blob}\tb-gabcd1234\n`,
  })
  c1 = commit(root, [], 1)
  const c2 = commit(root, [c1], 2)
  c3 = commit(folder, [c1], 3)
  const merge = commit(root, [c2, c3], 4)
  const octopus = commit(root, [merge, c1, c3], 5)
  const refs: Record<string, Oid> = {
    'heads/main': octopus,
    'heads/dev': c3,
    'heads/both': c1,
    'tags/both': c2,
    'heads/dir/x': c2,
    'tags/light': c2,
    'tags/main-tag': merge,
    'tags/on-tree': folder,
    'tags/on-blob': blob,
    'heads/abcdef1': c1,
    [`heads/${c2.slice(0, 7)}`]: c1,
    [`tags/${'d'.repeat(40)}`]: c1,
    'remotes/origin/remote': c3,
    'remotes/origin/HEAD': c2,
    'notes/commits': c3,
    'heads/v1-3-gnothex': c3,
    'heads/heads/twice': c2,
    'tags/heads/dev': c1,
    'tags/größe': c2,
  }
  for (const [ref, oid] of Object.entries(refs)) git.run(['update-ref', `refs/${ref}`, oid])
  annotate('v1.0', c1)
  annotate('nested', 'refs/tags/v1.0')
  annotate('twice-nested', 'refs/tags/nested')
  annotate('a-tree', folder)
  annotate('a-blob', blob)
  collide()
  repository = git.read()
})

afterAll(() => git.remove())

function commit(tree: Oid, parents: readonly Oid[], n: number): Oid {
  const date = `${1_700_000_000 + n} +0000`
  const env = { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date }
  return git.run(['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent])], {
    input: `commit ${n}\n`,
    env,
  })
}

function annotate(name: string, target: string): void {
  git.run(['tag', '-a', '-m', name, name, target], { env: { GIT_COMMITTER_DATE: '1700000100 +0000' } })
}

/** Writes objects of two kinds until some of them share their first four digits. */
function collide(): void {
  const wanted = ['commit blob', 'blob blob', 'commit commit', 'blob tree']
  const first = new Map<string, string>()
  const free = new Set<string>()
  for (let round = 0; wanted.some((kinds) => !shared[kinds]); round++) {
    if (round > 40) throw new Error(`no ids collide: ${JSON.stringify(shared)}`)
    for (const [oid, type] of writeBatch(round)) {
      const digits = oid.slice(0, 4)
      const other = first.get(digits)
      if (!other) {
        first.set(digits, type)
        free.add(digits)
        continue
      }
      const kinds = [other, type].sort().reverse().join(' ')
      const name = wanted.find((pair) => pair.split(' ').sort().reverse().join(' ') === kinds)
      // A third object would make it another case.
      if (name && free.delete(digits)) shared[name] ??= digits
      free.delete(digits)
    }
  }
  for (const [kinds, digits] of Object.entries(shared)) {
    const held = git
      .lines(['rev-parse', `--disambiguate=${digits}`])
      .map((oid) => git.run(['cat-file', '-t', oid]))
    if (held.length === 2) continue
    throw new Error(`${kinds}: ${digits} begins ${held.join(', ')}`)
  }
}

function writeBatch(round: number): [Oid, string][] {
  const numbers = Array.from({ length: 150 }, (_, i) => round * 150 + i)
  const input = numbers
    .map((n) => {
      const message = `fast ${n}\n`
      const blob = `blob\nmark :${3 * n + 1}\ndata ${`blob ${n}\n`.length}\nblob ${n}\n\n`
      const head = `commit refs/collide/${n}\ncommitter A <a@example.test> ${1_600_000_000 + n} +0000\ndata ${message.length}\n${message}`
      return `${blob}${head}M 100644 :${3 * n + 1} file-${n}\n\n`
    })
    .join('')
  git.run(['-c', 'fastimport.unpackLimit=100000', 'fast-import', '--quiet', '--force'], { input })
  const names = numbers.flatMap((n) => [
    `refs/collide/${n}`,
    `refs/collide/${n}^{tree}`,
    `refs/collide/${n}:file-${n}`,
  ])
  const lines = git.run(['cat-file', '--batch-check=%(objectname) %(objecttype)'], {
    input: names.join('\n'),
  })
  git.run(['update-ref', '--stdin'], { input: numbers.map((n) => `delete refs/collide/${n}\n`).join('') })
  return lines.split('\n').map((line) => line.split(' ') as [Oid, string])
}

function resolve(revision: string, options?: RevisionOptions): Oid | null {
  try {
    return resolveRevision(repository, revision, options)
  } catch (error) {
    if (error instanceof ForgeError && error.code === 'revision-unknown') return null
    throw error
  }
}

function failureOf(revision: string): unknown {
  try {
    return resolveRevision(repository, revision)
  } catch (error) {
    if (error instanceof ForgeError) return { code: error.code, ...error.details }
    throw error
  }
}

describe('agrees with git rev-parse', () => {
  const bases = [
    'HEAD',
    '@',
    'main',
    'dev',
    'both',
    'heads/both',
    'tags/both',
    'refs/heads/both',
    'light',
    'v1.0',
    'nested',
    'twice-nested',
    'a-tree',
    'a-blob',
    'on-tree',
    'on-blob',
    'abcdef1',
    'origin',
    'origin/remote',
    'remotes/origin/remote',
    'notes/commits',
    'heads/dev',
    'dir/x',
    'dir',
    'twice',
    'heads/twice',
    'größe',
    'none',
    'refs/heads/none',
    'heads',
    'refs',
    'v1-3-gnothex',
    'HEAD/',
    '/main',
    'main/',
    'main.lock',
  ]
  const suffixes = [
    '',
    '~',
    '~0',
    '~1',
    '~2',
    '~3',
    '~9',
    '^',
    '^0',
    '^1',
    '^2',
    '^3',
    '^4',
    '^^',
    '^2^',
    '~1^2',
    '^2~1',
    '~~',
    '^{}',
    '^{commit}',
    '^{tree}',
    '^{tag}',
    '^{blob}',
    '^{object}',
    '^{commit}^{tree}',
    '^{}^2',
    '^{tree}^{commit}',
    '^{commit}~1',
    ':',
    ':README',
    ':folder',
    ':folder/',
    ':folder/inner file',
    ':folder/link',
    ':README/',
    ':none',
    ':module/x',
    ':folder//link',
    ':/README',
    '^{tree}:folder',
    '~1:folder/link',
    ':folder^{tree}',
    ':README~1',
    '^{commit}}',
    '^{nothing}',
    '^{',
    '^{commit',
    '~01',
    '~x',
    '^x',
    '~-1',
    '~4294967296',
    '~99999999999',
    '^99999999999',
    '~2147483647',
    '^2147483648',
    ' ',
    '.',
    '^{object}~1',
    ':b-gabcd1234',
  ]

  test.each(bases)('on %j with every suffix', (base) => {
    const revisions = suffixes.map((suffix) => base + suffix)
    expect(answersOf(revisions)).toEqual(gitAnswersOf(revisions))
  })

  test('on ids, whole and abbreviated', () => {
    const ids = repository.objects.oids()
    const some = [...ids].filter((_, i) => i % 97 === 0).concat(c1, c3, repository.ref('refs/tags/nested')!)
    const lengths = [3, 4, 5, 7, 8, 12, 39, 40]
    const revisions = some.flatMap((oid) => [
      ...lengths.map((length) => oid.slice(0, length)),
      oid.toUpperCase(),
      oid.slice(0, 8).toUpperCase(),
      `${oid}0`,
      `${oid.slice(0, 8)}^{tree}`,
      `${oid}~1`,
    ])
    expect(answersOf(revisions)).toEqual(gitAnswersOf(revisions))
  })

  // git calls only the abbreviation itself ambiguous and, with a suffix, `missing`; ours is ambiguous either way.
  test('on abbreviations that two objects share', () => {
    const contexts = [
      '',
      '^{commit}',
      '^{tree}',
      '^{blob}',
      '^{object}',
      '^{}',
      '^{tag}',
      '~0',
      '^0',
      ':',
      ':file-1',
      '^{commit}^{tree}',
      '^{object}^{commit}',
    ]
    const revisions = Object.values(shared).flatMap((digits) => [
      ...contexts.map((context) => digits + context),
      `v9-1-g${digits}`,
      `v9-1-g${digits}^0`,
    ])
    expect(withoutReasons(answersOf(revisions))).toEqual(withoutReasons(gitAnswersOf(revisions)))
    expect(failureOf(shared['blob blob']!)).toEqual({
      code: 'revision-unknown',
      revision: shared['blob blob'],
      ambiguous: true,
    })
  })

  test('on what git describe prints, and what looks like it', () => {
    const id = c3.slice(0, 7)
    const described = git.run(['describe', '--tags', 'dev'])
    const blob = repository.ref('refs/tags/on-blob')!
    const revisions = [
      described,
      `${described}~1`,
      `v1.0-0-g${c1}`,
      `x-g${id}`,
      `-g${id}`,
      `-x-g${id}`,
      `any-thing-g${id}-dirty`,
      `v1-g${id}-g${id}`,
      `v1-g${blob.slice(0, 12)}`,
      `v1-g123`,
      'v1-g',
      `HEAD:x-g${id}`,
      `HEAD:x-g${id}^{tree}`,
    ]
    expect(answersOf(revisions)).toEqual(gitAnswersOf(revisions))
  })

  test('on what git answers even where there is no object', () => {
    const revisions = [
      'HEAD',
      'HEAD:module',
      'HEAD:none',
      'v1.0~0:module',
      'nested^{}',
      'c'.repeat(39),
      'none',
      shared['blob blob']!,
    ]
    const answers = revisions.map((revision) => git.attempt(['rev-parse', '--verify', '--quiet', revision]))
    expect(revisions.map((revision) => resolve(revision))).toEqual(answers.map((answer) => answer || null))
  })

  /** `cat-file` resolves names as `rev-parse` does, and takes a whole list of them. */
  function gitAnswersOf(revisions: readonly string[]): Record<string, string> {
    const lines = git
      .run(['cat-file', '--batch-check=%(objectname)'], { input: `${revisions.join('\n')}\n` })
      .split('\n')
    return Object.fromEntries(
      revisions.map((revision, i) => [revision, lines[i]!.replace(`${revision} `, '')]),
    )
  }

  function withoutReasons(answers: Record<string, string>): Record<string, string> {
    return Object.fromEntries(
      Object.entries(answers).map(([revision, answer]) => [revision, answer.replace('ambiguous', 'missing')]),
    )
  }

  function answersOf(revisions: readonly string[]): Record<string, string> {
    return Object.fromEntries(revisions.map((revision) => [revision, answerOf(revision)]))
  }

  function answerOf(revision: string): string {
    try {
      return resolveRevision(repository, revision)
    } catch (error) {
      if (!(error instanceof ForgeError && error.code === 'revision-unknown')) throw error
      return (error as ForgeError<'revision-unknown'>).details.ambiguous ? 'ambiguous' : 'missing'
    }
  }
})

test('takes the branch before the tag when asked to', () => {
  const [branch, tag] = [repository.ref('refs/heads/both'), repository.ref('refs/tags/both')]
  expect(resolve('both')).toBe(tag)
  expect(resolve('both', { prefer: 'tag' })).toBe(tag)
  expect(resolve('both', { prefer: 'branch' })).toBe(branch)
  expect(resolve('tags/both', { prefer: 'branch' })).toBe(tag)
  expect(resolve('light', { prefer: 'branch' })).toBe(repository.ref('refs/tags/light'))
})

test('takes a full id before a ref of that name, even when there is no such object', () => {
  expect(resolve('d'.repeat(40))).toBeNull()
  expect(resolve(`refs/tags/${'d'.repeat(40)}`)).toBe(c1)
})

test('asks for as many digits as it is told to', () => {
  expect(resolve(c3.slice(0, 6), { minAbbreviation: 7 })).toBeNull()
  expect(resolve(c3.slice(0, 7), { minAbbreviation: 7 })).toBe(c3)
  expect(resolve(`v1-1-g${c3.slice(0, 6)}`, { minAbbreviation: 7 })).toBeNull()
})

test('tells an empty revision from an unknown one', () => {
  expect(failureOf('')).toEqual({ code: 'revision-empty' })
  expect(failureOf('none')).toEqual({ code: 'revision-unknown', revision: 'none', ambiguous: false })
})

test.each([
  'HEAD@{0}',
  '@{0}',
  '@{-1}',
  '@{u}',
  'main@{upstream}',
  'main@{yesterday}',
  ':/commit',
  ':README',
  ':0:README',
  'HEAD^{/commit}',
  'main..dev',
  'main...dev',
  '^main',
  'HEAD^!',
  'HEAD^@',
  'HEAD^-',
  '~1',
  '^',
  '^{}',
  '@@',
  '\0',
  'main\0',
  ' main',
  '-',
  '--all',
  '\ud800',
])('does not resolve %j', (revision) => {
  expect(failureOf(revision)).toEqual({ code: 'revision-unknown', revision, ambiguous: false })
})

test.each([
  ['steps to the parent', `HEAD${'~'.repeat(10_000)}`],
  ['parents', `HEAD${'^'.repeat(100_000)}`],
  ['long counts', `HEAD~${'9'.repeat(100_000)}`],
  ['the longest walk', 'HEAD~2147483647'],
  ['braces', `HEAD^{${'}'.repeat(100_000)}x`],
  ['open braces', `HEAD${'^{'.repeat(100_000)}}`],
  ['folders', `HEAD:${'folder/'.repeat(50_000)}`],
  ['digits', 'a'.repeat(1_000_000)],
  ['describe marks', '-g'.repeat(200_000)],
])('refuses endless %s at once', (_, revision) => {
  const start = performance.now()
  expect(resolve(revision)).toBeNull()
  expect(performance.now() - start).toBeLessThan(8000)
})

test('follows long chains that lead somewhere', () => {
  expect(resolve(`nested${'^{}'.repeat(10_000)}`)).toBe(c1)
  expect(resolve(`v1.0${'^0'.repeat(10_000)}`)).toBe(c1)
  expect(resolve(`HEAD${'~0'.repeat(10_000)}`)).toBe(repository.ref('HEAD'))
})
