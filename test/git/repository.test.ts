import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { ForgeError } from '../../src/failure.ts'
import { encodeCommit } from '../../src/git/commit-codec.ts'
import type { Oid } from '../../src/git/model.ts'
import { ObjectStore } from '../../src/git/object-store.ts'
import { type RefUpdate, Repository } from '../../src/git/repository.ts'
import { RealGit } from './real-git.ts'

const ada = { name: 'Ada Admin', email: 'ada@example.test', time: 1_700_000_000, offset: 120 }
const missing = 'f'.repeat(40)

let repository: Repository
let tree: Oid
let c1: Oid
let c2: Oid

beforeEach(() => {
  repository = Repository.create('main')
  tree = repository.objects.write('tree', Buffer.alloc(0))
  c1 = writeCommit('one\n', [])
  c2 = writeCommit('two\n', [c1])
})

function writeCommit(message: string, parents: Oid[]): Oid {
  const data = encodeCommit({ tree, parents, author: ada, committer: ada, message, signature: null })
  return repository.objects.write('commit', data)
}

/** The code and facts of the failure that an action ends in. */
function failureOf(action: () => unknown): unknown {
  try {
    action()
  } catch (error) {
    if (error instanceof ForgeError) return { code: error.code, ...error.details }
    throw error
  }
  return null
}

function update(...updates: RefUpdate[]) {
  return repository.update(updates)
}

test('answers the changes of an update', () => {
  expect(
    update({ ref: 'refs/heads/main', after: c1 }, { ref: 'refs/tags/v1', before: null, after: c2 }),
  ).toEqual([
    { ref: 'refs/heads/main', before: null, after: c1 },
    { ref: 'refs/tags/v1', before: null, after: c2 },
  ])
  expect(
    update({ ref: 'refs/heads/main', before: c1, after: c2 }, { ref: 'refs/tags/v1', after: null }),
  ).toEqual([
    { ref: 'refs/heads/main', before: c1, after: c2 },
    { ref: 'refs/tags/v1', before: c2, after: null },
  ])
  expect([...repository.refs()]).toEqual([['refs/heads/main', c2]])
})

test('leaves out updates that change nothing', () => {
  update({ ref: 'refs/tags/v1', after: c1 })
  const { generation } = repository
  expect(
    update(
      { ref: 'refs/tags/v1', before: c1, after: c1 },
      { ref: 'refs/tags/v2', before: null, after: null },
    ),
  ).toEqual([])
  expect(repository.generation).toBe(generation)
})

test('writes nothing when one of several updates is refused', () => {
  update({ ref: 'refs/heads/main', after: c1 })
  const { generation } = repository
  const refused = failureOf(() =>
    update(
      { ref: 'refs/tags/v1', after: c1 },
      { ref: 'refs/heads/main', before: c2, after: c2 },
      { ref: 'refs/tags/v2', after: c1 },
    ),
  )
  expect(refused).toEqual({ code: 'ref-changed', ref: 'refs/heads/main', name: 'main' })
  expect([...repository.refs()]).toEqual([['refs/heads/main', c1]])
  expect(repository.generation).toBe(generation)
})

test.each([
  [
    'a name that git refuses',
    { ref: 'refs/tags/a..b', after: 'c1' },
    { code: 'ref-name-invalid', name: 'a..b', rule: "a ref name cannot contain '..'" },
  ],
  [
    'an empty tag name',
    { ref: 'refs/tags/', after: 'c1' },
    { code: 'ref-name-invalid', name: '', rule: expect.any(String) },
  ],
  [
    'a name outside of refs/',
    { ref: 'HEAD', after: 'c1' },
    { code: 'ref-name-invalid', name: 'HEAD', rule: expect.any(String) },
  ],
  [
    'another folder than refs/',
    { ref: 'logs/refs/x', after: 'c1' },
    { code: 'ref-name-invalid', name: 'logs/refs/x', rule: "a full ref name begins with 'refs/'" },
  ],
  [
    'the folder of branches as a ref',
    { ref: 'refs/heads', after: 'c1' },
    { code: 'ref-name-invalid', name: 'refs/heads', rule: 'a ref cannot take the place of a folder of refs' },
  ],
  [
    'a target that is not there',
    { ref: 'refs/tags/v1', after: 'missing' },
    { code: 'object-missing', oid: missing },
  ],
  [
    'a branch at a tree',
    { ref: 'refs/heads/x', after: 'tree' },
    {
      code: 'ref-target-invalid',
      ref: 'refs/heads/x',
      oid: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
      reason: 'a branch must hold a commit, not a tree',
    },
  ],
  [
    'a create of what exists',
    { ref: 'refs/tags/old', before: null, after: 'c2' },
    { code: 'ref-exists', ref: 'refs/tags/old', name: 'old' },
  ],
  [
    'a create of what exists with the same target',
    { ref: 'refs/tags/old', before: null, after: 'c1' },
    { code: 'ref-exists', ref: 'refs/tags/old', name: 'old' },
  ],
  [
    'a delete of what is not there',
    { ref: 'refs/tags/new', after: null },
    { code: 'ref-missing', ref: 'refs/tags/new', name: 'new' },
  ],
  [
    'a move of what is not there',
    { ref: 'refs/tags/new', before: 'c1', after: 'c2' },
    { code: 'ref-missing', ref: 'refs/tags/new', name: 'new' },
  ],
  [
    'a move from somewhere else',
    { ref: 'refs/tags/old', before: 'c2', after: 'c1' },
    { code: 'ref-changed', ref: 'refs/tags/old', name: 'old' },
  ],
  [
    'a delete from somewhere else',
    { ref: 'refs/tags/old', before: 'c2', after: null },
    { code: 'ref-changed', ref: 'refs/tags/old', name: 'old' },
  ],
  [
    'a ref below a ref',
    { ref: 'refs/tags/old/x', after: 'c1' },
    { code: 'ref-conflict', ref: 'refs/tags/old/x', name: 'old/x', other: 'old' },
  ],
  [
    'a ref above a ref',
    { ref: 'refs/notes', after: 'c1' },
    { code: 'ref-conflict', ref: 'refs/notes', name: 'refs/notes', other: 'refs/notes/commits' },
  ],
])('refuses %s', (_, wanted, failure) => {
  update({ ref: 'refs/tags/old', after: c1 }, { ref: 'refs/notes/commits', after: c1 })
  const ids: Record<string, Oid> = { c1, c2, tree, missing }
  const named = (id: string | null) => (id === null ? null : ids[id]!)
  const { ref, before, after } = wanted as { ref: string; before?: string | null; after: string | null }
  const refused = failureOf(() =>
    update({ ref, after: named(after), ...(before !== undefined && { before: named(before) }) }),
  )
  expect(refused).toEqual(failure)
})

test('refuses a tag object that leads to nothing', () => {
  const data = Buffer.from(`object ${missing}\ntype commit\ntag v1\n\nlost\n`)
  const after = repository.objects.write('tag', data)
  expect(failureOf(() => update({ ref: 'refs/tags/v1', after }))).toEqual({
    code: 'object-missing',
    oid: missing,
  })
})

test('refuses one ref twice in an update', () => {
  const twice = failureOf(() =>
    update({ ref: 'refs/tags/v1', after: c1 }, { ref: 'refs/tags/v1', after: c2 }),
  )
  expect(twice).toEqual({ code: 'ref-conflict', ref: 'refs/tags/v1', name: 'v1', other: 'v1' })
})

test('refuses refs of one update that clash with each other', () => {
  const clash = failureOf(() =>
    update({ ref: 'refs/tags/v1/x', after: c1 }, { ref: 'refs/tags/v1', after: c2 }),
  )
  expect(clash).toEqual({ code: 'ref-conflict', ref: 'refs/tags/v1/x', name: 'v1/x', other: 'v1' })
})

test('lets a ref make way for another in the same update', () => {
  update({ ref: 'refs/tags/a', after: c1 })
  update({ ref: 'refs/tags/a/b', after: c1 }, { ref: 'refs/tags/a', after: null })
  expect([...repository.refs()]).toEqual([['refs/tags/a/b', c1]])
  update({ ref: 'refs/tags/a/b', after: null }, { ref: 'refs/tags/a', after: c2 })
  expect([...repository.refs()]).toEqual([['refs/tags/a', c2]])
})

test('lists refs in the byte order of their full names', () => {
  const refs = [
    'refs/heads/z',
    'refs/tags/a',
    'refs/changes/1',
    'refs/heads-x',
    'refs/heads/\u{1f600}',
    'refs/heads/\uffee',
    'refs/notes/n',
    'refs/tags-x',
    'refs/z',
  ]
  repository.update(refs.map((ref) => ({ ref, after: c1 })))
  const sorted = refs.map((ref) => Buffer.from(ref)).sort(Buffer.compare)
  expect(Array.from(repository.refs(), ([ref]) => ref)).toEqual(sorted.map(String))
})

test('answers HEAD through its branch, born or not', () => {
  expect(repository.head).toBe('refs/heads/main')
  expect(repository.ref('HEAD')).toBeUndefined()
  update({ ref: 'refs/heads/main', after: c1 })
  expect(repository.ref('HEAD')).toBe(c1)
  repository.head = 'refs/heads/topic/x'
  expect(repository.ref('HEAD')).toBeUndefined()
})

test.each(['main', 'refs/tags/v1', 'refs/heads/', 'refs/heads/a b'])('refuses to point HEAD at %j', (ref) => {
  expect(
    failureOf(() => {
      repository.head = ref
    }),
  ).toMatchObject({ code: 'ref-name-invalid' })
  expect(repository.head).toBe('refs/heads/main')
})

test('changes its generation with every change and with nothing else', () => {
  const seen = new Set<number>()
  const expectNew = () => {
    expect(seen).not.toContain(repository.generation)
    seen.add(repository.generation)
  }
  expectNew()
  for (const updates of [
    [{ ref: 'refs/heads/main', after: c1 }],
    [{ ref: 'refs/heads/main', after: c2 }],
    [{ ref: 'refs/tags/v1', after: c2 }],
    [{ ref: 'refs/notes/x', after: c2 }],
    [{ ref: 'refs/tags/v1', after: null }],
  ]) {
    repository.update(updates)
    expectNew()
  }
  repository.head = 'refs/heads/next'
  expectNew()
  repository.head = 'refs/heads/next'
  repository.objects.write('blob', Buffer.from('new'))
  expect([...seen].at(-1)).toBe(repository.generation)
})

test('forks into repositories that do not see each other', () => {
  update({ ref: 'refs/tags/v1', after: c1 })
  const fork = repository.fork()
  expect(fork.generation).toBe(repository.generation)
  const blob = fork.objects.write('blob', Buffer.from('theirs'))
  fork.update([
    { ref: 'refs/tags/v1', after: c2 },
    { ref: 'refs/tags/blob', after: blob },
  ])
  fork.head = 'refs/heads/fork'
  update({ ref: 'refs/tags/v2', after: c2 })
  expect([...repository.refs()]).toEqual([
    ['refs/tags/v1', c1],
    ['refs/tags/v2', c2],
  ])
  expect([...fork.refs()]).toEqual([
    ['refs/tags/blob', blob],
    ['refs/tags/v1', c2],
  ])
  expect([repository.head, fork.head]).toEqual(['refs/heads/main', 'refs/heads/fork'])
  expect(repository.objects.has(blob)).toBe(false)
  expect(fork.tag('blob')?.targetType).toBe('blob')
  expect(fork.generation).not.toBe(repository.generation)
})

test('is empty until a branch or tag leads to a commit', () => {
  expect(repository.isEmpty).toBe(true)
  update({ ref: 'refs/tags/tree', after: tree }, { ref: 'refs/notes/x', after: c1 })
  expect(repository.isEmpty).toBe(true)
  update({
    ref: 'refs/tags/v1',
    after: repository.createTagObject({ name: 'v1', target: c1, tagger: ada, message: '' }),
  })
  expect(repository.isEmpty).toBe(false)
})

test('answers complete tags', () => {
  const inner = repository.createTagObject({ name: 'inner', target: c1, tagger: ada, message: 'in\n' })
  const outer = repository.createTagObject({
    name: 'outer',
    target: inner,
    tagger: { ...ada, time: 1_800_000_000 },
    message: 'out\n',
  })
  update(
    { ref: 'refs/tags/light', after: c1 },
    { ref: 'refs/tags/outer', after: outer },
    { ref: 'refs/tags/tree', after: tree },
  )
  const commit = repository.objects.commit(c1)
  expect(repository.tag('light')).toEqual({
    name: 'light',
    target: c1,
    targetType: 'commit',
    annotation: null,
    peeled: c1,
    peeledType: 'commit',
    commit,
    created: 1_700_000_000,
  })
  expect(repository.tag('outer')).toEqual({
    name: 'outer',
    target: outer,
    targetType: 'tag',
    peeled: c1,
    peeledType: 'commit',
    commit,
    created: 1_800_000_000,
    annotation: {
      oid: outer,
      object: inner,
      objectType: 'tag',
      name: 'outer',
      tagger: { ...ada, time: 1_800_000_000 },
      message: 'out\n',
      signature: null,
    },
  })
  expect(repository.tag('tree')).toEqual({
    name: 'tree',
    target: tree,
    targetType: 'tree',
    annotation: null,
    peeled: tree,
    peeledType: 'tree',
    commit: null,
    created: 0,
  })
  expect(repository.tag('none')).toBeUndefined()
})

test('answers complete branches', () => {
  update({ ref: 'refs/heads/main', after: c2 })
  expect(repository.branch('main')).toEqual({ name: 'main', commit: repository.objects.commit(c2) })
  expect(repository.branch('none')).toBeUndefined()
})

test('writes the tag object that git writes', () => {
  const git = new RealGit()
  try {
    git.load(repository)
    const tagger = { name: ' Zoë <Ω>, Jr.', email: 'zoe@example.test', time: 1_700_000_001, offset: -210 }
    const message = '# not a comment\n\n  Größe ✓\r\n\n'
    git.run(['tag', '-a', '--cleanup=verbatim', '-F', '-', 'größe/v1', c1], {
      input: message,
      env: {
        GIT_COMMITTER_NAME: tagger.name,
        GIT_COMMITTER_EMAIL: tagger.email,
        GIT_COMMITTER_DATE: '1700000001 -0330',
      },
    })
    const oid = repository.createTagObject({ name: 'größe/v1', target: c1, tagger, message })
    expect(oid).toBe(git.run(['rev-parse', 'refs/tags/größe/v1']))
  } finally {
    git.remove()
  }
})

test('refuses a tag object with a bad name or without a target', () => {
  const tag = { name: 'v1', target: c1, tagger: ada, message: '' }
  expect(failureOf(() => repository.createTagObject({ ...tag, name: 'v1\ntagger x' }))).toMatchObject({
    code: 'ref-name-invalid',
  })
  expect(failureOf(() => repository.createTagObject({ ...tag, target: missing }))).toEqual({
    code: 'object-missing',
    oid: missing,
  })
})

test.each([
  ['keeps the branch of HEAD', { ref: 'refs/heads/dev' }, ['a'], 'refs/heads/dev'],
  ['prefers a usual name at the same commit', { oid: 'c1' }, ['a', 'master'], 'refs/heads/master'],
  ['takes the first branch at the same commit', { oid: 'c1' }, ['b', 'a'], 'refs/heads/a'],
  ['falls back to a usual name elsewhere', { oid: 'c2' }, ['a', 'master'], 'refs/heads/master'],
  ['falls back to the first branch', { oid: 'c2' }, ['b', 'a'], 'refs/heads/a'],
  ['falls back to main', { oid: 'c2' }, [], 'refs/heads/main'],
])('%s when reading from a disk', (_, head, branches, expected) => {
  const refs = new Map(branches.map((name) => [`refs/heads/${name}`, c1]))
  const ids: Record<string, Oid> = { c1, c2 }
  const pointer = 'ref' in head ? { ref: head.ref! } : { oid: ids[head.oid!]! }
  const opened = Repository.fromDisk({ objects: repository.objects, refs, head: pointer, warnings: [] })
  expect(opened.head).toBe(expected)
  expect(opened.heads.size).toBe(branches.length)
  expect(opened.objects).toBeInstanceOf(ObjectStore)
})

test('behaves as a map under any updates', () => {
  const names = ['a', 'a/b', 'a/b/c', 'b', 'b/c', 'ab']
  const change = fc.record({
    name: fc.constantFrom(...names),
    target: fc.constantFrom('c1', 'c2', null),
    before: fc.constantFrom('c1', 'c2', null, undefined),
  })
  fc.assert(
    fc.property(fc.array(fc.array(change, { minLength: 1, maxLength: 3 }), { maxLength: 20 }), (batches) => {
      const subject = repository.fork()
      const ids = { c1, c2 }
      const model = new Map<string, Oid>()
      for (const batch of batches) {
        const updates = batch.map(
          ({ name, target, before }): RefUpdate => ({
            ref: `refs/tags/${name}`,
            after: target && ids[target],
            ...(before !== undefined && { before: before && ids[before] }),
          }),
        )
        const next = applyToModel(model, updates)
        const failure = failureOf(() => subject.update(updates))
        expect(failure === null).toBe(next !== null)
        if (next) {
          model.clear()
          for (const [ref, oid] of next) model.set(ref, oid)
        }
        expect(new Map(subject.refs())).toEqual(model)
      }
    }),
  )
})

/** The refs after an update, or null when it has to be refused. */
function applyToModel(
  model: ReadonlyMap<string, Oid>,
  updates: readonly RefUpdate[],
): Map<string, Oid> | null {
  if (new Set(updates.map(({ ref }) => ref)).size < updates.length) return null
  const next = new Map(model)
  for (const { ref, before, after } of updates) {
    const current = model.get(ref)
    if (before !== undefined && (before ?? undefined) !== current) return null
    if (after === null && current === undefined && before !== null) return null
    if (after === null) next.delete(ref)
    else next.set(ref, after)
  }
  const refs = [...next.keys()]
  return refs.some((a) => refs.some((b) => b.startsWith(`${a}/`))) ? null : next
}
