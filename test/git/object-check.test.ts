import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ObjectType } from '../../src/git/model.ts'
import { findObjectFault } from '../../src/git/object-check.ts'
import { sample } from './pack-builder.ts'
import { RealGit } from './real-git.ts'

const tree = sample.tree()
const person = 'Ada <ada@example.test> 1700000000 +0000'

const entry = (mode: string, name: string) =>
  Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.alloc(20, 1)])

describe('an object that is fit to be kept', () => {
  it.each<[string, ObjectType, Buffer | string]>([
    ['a blob of anything', 'blob', Buffer.from([0, 1, 2])],
    ['an empty tree', 'tree', ''],
    ['a tree with a file', 'tree', tree.data],
    [
      'a folder after a file that would sort before it',
      'tree',
      Buffer.concat([entry('100644', 'a.b'), entry('40000', 'a')]),
    ],
    ['a submodule and a link', 'tree', Buffer.concat([entry('120000', 'link'), entry('160000', 'sub')])],
    ['a zero-padded folder, as old tools wrote them', 'tree', entry('040000', 'a')],
    [
      'names that only look like .git',
      'tree',
      Buffer.concat([entry('100644', '...'), entry('100644', '.gita')]),
    ],
    ['a commit', 'commit', sample.commit(tree.oid).data],
    ['a merge', 'commit', sample.commit(tree.oid, [tree.oid, tree.oid]).data],
    ['a commit without a message', 'commit', `tree ${tree.oid}\nauthor ${person}\ncommitter ${person}\n`],
    ['a commit by nobody', 'commit', `tree ${tree.oid}\nauthor  <> 0 +0000\ncommitter <> 0 +0000\n\n`],
    [
      'a commit with more headers',
      'commit',
      `tree ${tree.oid}\nauthor ${person}\ncommitter ${person}\ngpgsig a\n b\n\nm`,
    ],
    ['a tag', 'tag', sample.tag(tree.oid, 'tree').data],
    ['a tag of git’s first years', 'tag', `object ${tree.oid}\ntype tree\ntag v0\n\nm\n`],
  ])('is %s', (_what, type, data) => {
    expect(findObjectFault(type, Buffer.from(data))).toBe(null)
  })
})

describe('an object is refused as git fsck would', () => {
  it.each<[string, ObjectType, Buffer | string]>([
    ["missingTree: invalid format - expected 'tree' line", 'commit', 'parent x\n\n'],
    ["badTreeSha1: invalid 'tree' line format - bad sha1", 'commit', `tree ${tree.oid}0\n\n`],
    ["badParentSha1: invalid 'parent' line format - bad sha1", 'commit', `tree ${tree.oid}\nparent 12\n\n`],
    ["missingAuthor: invalid format - expected 'author' line", 'commit', `tree ${tree.oid}\n\nm`],
    [
      "missingCommitter: invalid format - expected 'committer' line",
      'commit',
      `tree ${tree.oid}\nauthor ${person}\n\n`,
    ],
    [
      'missingEmail: invalid author/committer line - missing email',
      'commit',
      `tree ${tree.oid}\nauthor Ada 1 +0000\ncommitter ${person}\n\n`,
    ],
    [
      'badDate: invalid author/committer line - bad date',
      'commit',
      `tree ${tree.oid}\nauthor ${person}\ncommitter Ada <a@b> now\n\n`,
    ],
    ['unterminatedHeader: unterminated header', 'commit', `tree ${tree.oid}`],
    ['nulInHeader: unterminated header: NUL at offset 5', 'commit', `tree \0\n\n`],
    ["missingObject: invalid format - expected 'object' line", 'tag', '\n\n'],
    ["badObjectSha1: invalid 'object' line format - bad sha1", 'tag', 'object 1\n\n'],
    ["missingTypeEntry: invalid format - expected 'type' line", 'tag', `object ${tree.oid}\n\n`],
    ["badType: invalid 'type' value", 'tag', `object ${tree.oid}\ntype branch\n\n`],
    ["missingTagEntry: invalid format - expected 'tag' line", 'tag', `object ${tree.oid}\ntype tree\n\n`],
    ['badTree: cannot be parsed as a tree', 'tree', tree.data.subarray(0, -1)],
    ['badTree: cannot be parsed as a tree', 'tree', entry('10064x', 'a')],
    ['emptyName: contains empty pathname', 'tree', entry('100644', '')],
    ['fullPathname: contains full pathnames', 'tree', entry('100644', 'a/b')],
    ["hasDot: contains '.'", 'tree', entry('40000', '.')],
    ["hasDotdot: contains '..'", 'tree', entry('40000', '..')],
    ["hasDotgit: contains '.git'", 'tree', entry('40000', '.GiT')],
    [
      'treeNotSorted: not properly sorted',
      'tree',
      Buffer.concat([entry('100644', 'b'), entry('100644', 'a')]),
    ],
    [
      'treeNotSorted: not properly sorted',
      'tree',
      Buffer.concat([entry('40000', 'a'), entry('100644', 'a.b')]),
    ],
    [
      'duplicateEntries: contains duplicate file entries',
      'tree',
      Buffer.concat([entry('100644', 'a'), entry('100644', 'a')]),
    ],
  ])('%s', (fault, type, data) => {
    expect(findObjectFault(type, Buffer.from(data))).toBe(fault)
  })

  it('whatever its bytes', () => {
    const type = fc.constantFrom<ObjectType>('commit', 'tree', 'tag')
    fc.assert(
      fc.property(type, fc.uint8Array({ maxLength: 200 }), (kind, bytes) => {
        const fault = findObjectFault(kind, Buffer.from(bytes))
        if (bytes.length > 0) expect(fault).toMatch(/^\w+: /)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('the real git', () => {
  let real: RealGit
  beforeAll(() => {
    real = new RealGit()
  })
  afterAll(() => real.remove())

  it('sorts trees in the order that passes, whatever the names', () => {
    const blob = real.run(['hash-object', '-w', '--stdin'], { input: 'x' })
    const folder = real.run(['mktree'], { input: `100644 blob ${blob}\tx\n` })
    const name = fc.stringMatching(/^[a-c.-]{1,4}$/).filter((text) => text !== '.' && text !== '..')
    const names = fc.uniqueArray(name, { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(names, fc.infiniteStream(fc.boolean()), (some, folders) => {
        const rows = some.map((text) =>
          folders.next().value ? `040000 tree ${folder}\t${text}\n` : `100644 blob ${blob}\t${text}\n`,
        )
        const oid = real.run(['mktree'], { input: rows.join('') })
        expect(findObjectFault('tree', real.runRaw(['cat-file', 'tree', oid]))).toBe(null)
      }),
      { numRuns: 60 },
    )
  })
})
