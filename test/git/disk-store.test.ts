import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import {
  createBareRepository,
  encodePackedRefs,
  holdRefs,
  packedRefsPath,
  writeHead,
} from '../../src/git/disk-store/bare-repository.ts'
import { replaceFile } from '../../src/git/disk-store/durable-file.ts'
import { writeLooseFile } from '../../src/git/disk-store/loose-file.ts'
import { findNewObjects } from '../../src/git/disk-store/new-objects.ts'
import { writePackFiles } from '../../src/git/disk-store/pack-file.ts'
import { openTidyRepository } from '../../src/git/disk-store/tidy-repository.ts'
import type { ObjectType } from '../../src/git/model.ts'
import { ObjectStore } from '../../src/git/object-store.ts'
import { Repository } from '../../src/git/repository.ts'
import { seedRepository } from '../../src/git/seed.ts'
import { git, temporaryFolder } from '../git-binary.ts'

const temporary = temporaryFolder()
afterAll(() => temporary.remove())

let last = 0
async function newRepository(head = 'refs/heads/main'): Promise<string> {
  const folder = join(temporary.path, `${++last}`, 'acme', 'widgets.git')
  await createBareRepository(folder, head, temporary.path)
  return folder
}

const ann = { name: 'Ann', email: 'ann@example.test', time: 1_700_000_000, offset: 0 }
const commit = (label: string, content: string) => ({
  label,
  branch: 'main',
  message: `${label}\n`,
  author: ann,
  committer: ann,
  files: { 'a/b.txt': content, 'c.txt': label },
})
const sample = () =>
  seedRepository({
    defaultBranch: 'main',
    commits: [commit('one', 'x'), commit('two', 'y')],
    branches: {},
    tags: [
      { name: 'v1', target: 'one' },
      { name: 'v2', target: 'two', message: 'Second\n', tagger: ann },
    ],
  })

async function writeAll(folder: string, repository: Repository): Promise<void> {
  await writePackFiles(join(folder, 'objects'), repository.objects, repository.objects.oids())
  await replaceFile(packedRefsPath(folder), encodePackedRefs(repository.refs()))
}

const listed = (repository: Repository) =>
  [...repository.refs()].map(([ref, oid]) => `${oid} ${ref}\n`).join('')

it('a repository that is written is one that git reads and finds nothing wrong with', async () => {
  const folder = await newRepository()
  const repository = sample()
  await writeAll(folder, repository)
  expect(git(folder, ['fsck', '--strict', '--full'])).toBe('')
  expect(git(folder, ['for-each-ref', '--format=%(objectname) %(refname)'])).toBe(listed(repository))
  git(temporary.path, ['clone', '-q', folder, 'copy'])
  expect(git(join(temporary.path, 'copy'), ['log', '--format=%s'])).toBe('two\none\n')
})

it('an empty repository is one for git, and its HEAD moves', async () => {
  const folder = await newRepository('refs/heads/trunk')
  expect(git(folder, ['symbolic-ref', 'HEAD'])).toBe('refs/heads/trunk\n')
  await writeHead(folder, 'refs/heads/other')
  expect(git(folder, ['symbolic-ref', 'HEAD'])).toBe('refs/heads/other\n')
  git(folder, ['fsck', '--strict', '--full'])
})

it('git verifies packs of any objects, and reads them back', async () => {
  const object = fc.tuple(fc.constantFrom<ObjectType>('blob'), fc.uint8Array({ maxLength: 400 }))
  await fc.assert(
    fc.asyncProperty(fc.array(object, { minLength: 1, maxLength: 40 }), async (objects) => {
      const folder = await newRepository()
      const store = new ObjectStore()
      const oids = new Set(objects.map(([type, data]) => store.write(type, Buffer.from(data))))
      await writePackFiles(join(folder, 'objects'), store, oids)
      const pack = readdirSync(join(folder, 'objects/pack')).find((name) => name.endsWith('.idx'))!
      git(folder, ['verify-pack', `objects/pack/${pack}`])
      const disk = await openTidyRepository(folder)
      for (const oid of oids) expect(disk.objects.read(oid)).toEqual(store.read(oid))
    }),
    { numRuns: 15 },
  )
})

it('an object in a file of its own is one for git', async () => {
  const folder = await newRepository()
  const store = new ObjectStore()
  const oid = store.write('blob', Buffer.from('content\n'))
  await writeLooseFile(join(folder, 'objects'), { oid, type: 'blob', data: Buffer.from('content\n') })
  expect(git(folder, ['cat-file', 'blob', oid])).toBe('content\n')
})

it('of new objects those are found that can be reached and are not kept', async () => {
  const repository = sample()
  const { objects } = repository
  const [one, two] = [repository.tag('v1')!.target, repository.tag('v2')!.target]
  const first = new Set((await findNewObjects(objects, [one], () => false)).oids)
  expect(first.size).toBe(5)
  const second = await findNewObjects(objects, [two, one], (oid) => first.has(oid))
  expect(second.oids.map((oid) => objects.read(oid)!.type).sort()).toEqual([
    'blob',
    'blob',
    'commit',
    'tag',
    'tree',
    'tree',
  ])
})

it('what somebody’s git wrote is kept, where later writes count', async () => {
  const folder = await newRepository()
  await writeAll(folder, sample())
  git(folder, ['tag', 'by-hand', 'v1'])
  git(folder, ['update-ref', 'refs/tags/v1', 'v2^{}'])
  const disk = await openTidyRepository(folder)
  expect(readdirSync(join(folder, 'refs/tags'))).toEqual([])
  expect(git(folder, ['for-each-ref', '--format=%(refname)'])).toBe(
    'refs/heads/main\nrefs/tags/by-hand\nrefs/tags/v1\nrefs/tags/v2\n',
  )
  expect(listed(Repository.fromDisk(disk))).toBe(
    git(folder, ['for-each-ref', '--format=%(objectname) %(refname)']),
  )
})

it('unfinished packs are removed', async () => {
  const folder = await newRepository()
  const packs = join(folder, 'objects/pack')
  mkdirSync(packs, { recursive: true })
  for (const name of ['pack-1.pack', 'pack-2.pack.tmp', 'pack-2.idx.tmp'])
    writeFileSync(join(packs, name), 'PA')
  await openTidyRepository(folder)
  expect(readdirSync(packs)).toEqual([])
})

it('refs that are held are those of that moment', async () => {
  const repository = sample()
  const before = listed(repository)
  const held = holdRefs(repository)
  repository.update([
    { ref: 'refs/tags/v1', after: null },
    { ref: 'refs/tags/v3', after: repository.tag('v2')!.target },
    { ref: 'refs/heads/main', after: null },
  ])
  expect([...held].map(([ref, oid]) => `${oid} ${ref}\n`).join('')).toBe(before)
  expect([...holdRefs(Repository.create('main'))]).toEqual([])
})
