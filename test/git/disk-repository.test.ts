import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DiskRepository, openDiskRepository } from '../../src/git/disk-repository.ts'
import { ObjectStore } from '../../src/git/object-store.ts'
import { Repository } from '../../src/git/repository.ts'
import { findDifferences, readAllWithGit, readRefsWithGit, Workshop } from './sample-repository.ts'

let workshop: Workshop
let all: ReturnType<typeof readAllWithGit>
beforeAll(() => {
  workshop = new Workshop()
  workshop.makeSample('sample', 600)
  // Else every copy would be of 1,200 files.
  workshop.git('sample', ['pack-refs', '--all'])
  all = readAllWithGit(workshop, 'sample')
})
afterAll(() => workshop.remove())

function packFolder(name: string): string {
  return join(workshop.folder(name), 'objects', 'pack')
}

function listPacked(name: string, ending: string): string[] {
  return readdirSync(packFolder(name)).filter((file) => file.endsWith(ending))
}

/** Writes every object into a file of its own. */
function unpack(name: string): void {
  const [pack = ''] = listPacked(name, '.pack')
  const moved = join(workshop.folder(name), 'moved.pack')
  renameSync(join(packFolder(name), pack), moved)
  rmSync(packFolder(name), { recursive: true })
  mkdirSync(packFolder(name))
  workshop.git('.', [`--git-dir=${name}`, 'unpack-objects', '-q'], readFileSync(moved))
}

describe('the objects of a repository on disk', () => {
  it('are those of git, as fast-import packed them', () => {
    expect(all.size).toBeGreaterThan(4000)
    expect(findDifferences(openDiskRepository(workshop.folder('sample')).objects, all)).toEqual([])
  })

  it.each([
    ['deltas by offset', ['gc', '--aggressive', '--quiet'], []],
    ['deltas by id', ['repack', '-adfq', '--depth=50'], ['repack.useDeltaBaseOffset', 'false']],
    ['very long chains of deltas', ['repack', '-adfq', '--depth=4000', '--window=20'], []],
    ['no deltas at all', ['repack', '-adfq', '--depth=0'], []],
    ['a multi-pack index and a bitmap', ['repack', '-adfqb', '--write-midx'], []],
  ])('are those of git with %s', (what, command, setting) => {
    const name = what.replaceAll(' ', '-')
    const path = workshop.copy('sample', name)
    if (setting.length > 0) workshop.git(name, ['config', ...setting])
    workshop.git(name, command)
    expect(findDifferences(openDiskRepository(path).objects, all)).toEqual([])
  })

  it.each([
    ['1', ['--index-version=1']],
    ['2 with 64-bit offsets', ['--index-version=2,0x40']],
  ])('are those of git with an index of version %s', (what, options) => {
    const name = `index-${what.replaceAll(' ', '-')}`
    const path = workshop.copy('sample', name)
    const [pack = ''] = listPacked(name, '.pack')
    rmSync(join(packFolder(name), pack.replace('.pack', '.idx')))
    workshop.git(name, ['index-pack', ...options, join(packFolder(name), pack)])
    expect(findDifferences(openDiskRepository(path).objects, all)).toEqual([])
  })

  it('are those of git when all are loose', () => {
    const path = workshop.makeSample('loose', 60)
    unpack('loose')
    expect(listPacked('loose', '.pack')).toEqual([])
    const expected = readAllWithGit(workshop, 'loose')
    expect(expected.size).toBeGreaterThan(400)
    expect(findDifferences(openDiskRepository(path).objects, expected)).toEqual([])
  })

  it('are those of git in several packs', () => {
    const path = workshop.copy('sample', 'several')
    workshop.git('several', ['repack', '-adfq', '--depth=0', '--max-pack-size=1m'])
    expect(listPacked('several', '.pack').length).toBeGreaterThan(1)
    expect(findDifferences(openDiskRepository(path).objects, all)).toEqual([])
  })

  it('are those of git in two packs with loose ones on top, some of them in both', () => {
    const path = workshop.copy('sample', 'overlay')
    workshop.git('overlay', ['hash-object', '-w', '--stdin'], 'first')
    const only = workshop.git('overlay', ['rev-list', '--objects', '--max-count=50', 'main'])
    workshop.git('overlay', ['pack-objects', '-q', join(packFolder('overlay'), 'pack')], `${only}\n`)
    const blob = workshop.git('overlay', ['hash-object', '-w', '--stdin'], 'second')
    expect(listPacked('overlay', '.pack')).toHaveLength(2)
    const { objects } = openDiskRepository(path)
    expect(findDifferences(objects, readAllWithGit(workshop, 'overlay'))).toEqual([])
    expect(objects.oidsWithPrefix(blob.slice(0, 12), 5)).toEqual([blob])
  })

  it('are found by prefix as git finds them', () => {
    const { objects } = openDiskRepository(workshop.folder('sample'))
    const oids = [...all.keys()]
    for (const oid of oids.slice(0, 300)) {
      const expected = oids.filter((other) => other.startsWith(oid.slice(0, 4))).sort()
      expect(objects.oidsWithPrefix(oid.slice(0, 4), 20).sort()).toEqual(expected)
      expect(objects.oidsWithPrefix(oid.slice(0, 5), 20)).toContain(oid)
    }
    expect(objects.oidsWithPrefix('0000000', 20)).toEqual([])
  })

  it('are still there when the files are gone', () => {
    const path = workshop.makeSample('vanishing', 20)
    const expected = readAllWithGit(workshop, 'vanishing')
    const { objects } = openDiskRepository(path)
    rmSync(path, { recursive: true })
    expect(findDifferences(objects, expected)).toEqual([])
  })

  it('are described as git describes them', () => {
    const { objects, refs } = openDiskRepository(workshop.folder('sample'))
    const store = new ObjectStore(objects)
    const format =
      '%(refname) %(objecttype) %(creatordate:unix) %(if)%(*objectname)%(then)%(*objectname)%(else)-%(end)'
    const expected = workshop.git('sample', ['for-each-ref', `--format=${format}`])
    const lines = Array.from(refs, ([name, oid]) => {
      const { type, created, peeled } = store.describe(oid)
      return `${name} ${type} ${created} ${type === 'tag' ? peeled : '-'}`
    })
    expect(lines.sort()).toEqual(expected.split('\n').sort())
  })
})

describe('where a repository is', () => {
  const summary = ({ refs, head }: DiskRepository) => ({ refs: new Map([...refs].sort()), head })

  it('may be a bare folder, a work tree or its .git folder', () => {
    workshop.git('.', ['clone', '--quiet', 'sample', 'tree'])
    const viaTree = openDiskRepository(workshop.folder('tree'))
    expect(summary(openDiskRepository(workshop.folder('tree/.git')))).toEqual(summary(viaTree))
    expect(viaTree.refs).toEqual(readRefsWithGit(workshop, 'tree'))
    expect(viaTree.head).toEqual({ ref: 'refs/heads/main' })
    expect(findDifferences(viaTree.objects, all)).toEqual([])
  })

  it('may be a linked work tree, which has a HEAD and a few refs of its own', () => {
    workshop.git('.', ['clone', '--quiet', 'sample', 'main-tree'])
    workshop.git('main-tree', ['worktree', 'add', '--quiet', '-b', 'topic', '../linked'])
    workshop.git('main-tree', ['update-ref', 'refs/worktree/of-main', 'main'])
    workshop.git('linked', ['update-ref', 'refs/worktree/of-linked', 'main'])
    const linked = openDiskRepository(workshop.folder('linked'))
    expect(linked.head).toEqual({ ref: 'refs/heads/topic' })
    expect(linked.refs).toEqual(readRefsWithGit(workshop, 'linked'))
    expect(linked.refs.has('refs/worktree/of-linked')).toBe(true)
    const main = openDiskRepository(workshop.folder('main-tree'))
    expect(main.refs).toEqual(readRefsWithGit(workshop, 'main-tree'))
    expect(main.refs.has('refs/worktree/of-main')).toBe(true)
    expect(existsSync(workshop.folder('linked/.git/HEAD'))).toBe(false)
  })

  it('may be a work tree whose .git file names a folder elsewhere', () => {
    workshop.git('.', ['clone', '--quiet', '--separate-git-dir=elsewhere', 'sample', 'separate'])
    expect(openDiskRepository(workshop.folder('separate')).refs).toEqual(
      readRefsWithGit(workshop, 'separate'),
    )
  })

  it('may be empty, with a HEAD that is not born yet', () => {
    workshop.git('.', ['init', '--quiet', '--bare', '--initial-branch=trunk', 'empty'])
    const { objects, ...rest } = openDiskRepository(workshop.folder('empty'))
    expect(rest).toEqual({ refs: new Map(), head: { ref: 'refs/heads/trunk' }, warnings: [] })
    expect([...objects.oids()]).toEqual([])
  })
})

describe('a repository that is loaded with breaks for others', () => {
  it('is the one that is read at once', async () => {
    const disk = openDiskRepository(workshop.folder('sample'))
    const [loaded, read] = [await Repository.load(disk), Repository.fromDisk(disk)]
    expect([...loaded.refs()]).toEqual([...read.refs()])
    expect(loaded.head).toBe(read.head)
    for (const order of ['name', 'version', 'created', 'committed', 'annotated-first'] as const) {
      const pages = [loaded, read].map(({ tags }) =>
        tags.page(order, 'desc', 0, 2000).map(({ name, facts }) => ({ name, facts })),
      )
      expect(pages[0]).toEqual(pages[1])
    }
  })

  it('leaves it to whoever asks for a damaged tag to be told of that', async () => {
    const disk = openDiskRepository(workshop.folder('sample'))
    const missing = '1'.repeat(40)
    const refs = new Map([...disk.refs, ['refs/tags/broken', missing]])
    const { tags } = await Repository.load({ ...disk, refs })
    expect(tags.get('broken')?.target).toBe(missing)
    expect(() => tags.get('broken')?.facts).toThrow(missing)
  })
})
