import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Oid } from '../../../src/git/model.ts'
import { Repository } from '../../../src/git/repository.ts'
import { KEEP_ALL } from '../../../src/git/wire/object-filter.ts'
import { CommitGraph } from '../../../src/git/wire/object-links.ts'
import { type ObjectRequest, selectObjects } from '../../../src/git/wire/object-selection.ts'
import { Pacer } from '../../../src/git/wire/pacer.ts'
import { cutHistory, keepCut, UNCUT } from '../../../src/git/wire/shallow-history.ts'
import { sampleRepository, writeCommit } from './sample.ts'

function select(repository: Repository, request: Partial<ObjectRequest> & Pick<ObjectRequest, 'wants'>) {
  const whole = { haves: [], cut: UNCUT, filter: KEEP_ALL, tags: null, ...request }
  return selectObjects(repository.objects, new CommitGraph(repository.objects), whole, new Pacer())
}

/** Everything that an object leads to, itself included; commits in `cut` lead to their trees only. */
function closure(repository: Repository, starts: Iterable<Oid>, cut: ReadonlySet<Oid> = new Set()): Set<Oid> {
  const found = new Set<Oid>()
  const waiting = [...starts]
  for (let oid = waiting.pop(); oid !== undefined; oid = waiting.pop()) {
    if (found.has(oid)) continue
    found.add(oid)
    const { objects } = repository
    const { type } = objects.read(oid)!
    if (type === 'tag') waiting.push(objects.tag(oid).object)
    if (type === 'tree') waiting.push(...objects.tree(oid).map((entry) => entry.oid))
    if (type === 'commit')
      waiting.push(objects.commit(oid).tree, ...(cut.has(oid) ? [] : objects.commit(oid).parents))
  }
  return found
}

interface Shape {
  readonly repository: Repository
  readonly commits: Oid[]
}

/** A history of some commits, each on top of up to three others, with dates that are right or not. */
function historyOf(clocksAreRight: boolean): fc.Arbitrary<Shape> {
  const commit = fc.record({
    parents: fc.array(fc.nat(1000), { maxLength: 3 }),
    time: fc.integer({ min: 1, max: 50 }),
    content: fc.nat(4),
  })
  return fc.array(commit, { minLength: 1, maxLength: 25 }).map((rows) => {
    const repository = Repository.create('main')
    const commits: Oid[] = []
    for (const [i, { parents, time, content }] of rows.entries()) {
      const above = i === 0 ? [] : [...new Set(parents.map((n) => commits[n % i]!))]
      const files = { 'a.txt': `${content}\n`, sub: { 'b.txt': `${content % 2}\n` } }
      commits.push(
        writeCommit(repository, { time: clocksAreRight ? i + 1 : time * 100 + i, parents: above, files }),
      )
    }
    return { repository, commits }
  })
}

const picks = fc.array(fc.nat(1000), { minLength: 1, maxLength: 4 })
const pick = ({ commits }: Shape, places: readonly number[]) =>
  places.map((place) => commits[place % commits.length]!)

describe('selectObjects', () => {
  it('sends all that is wanted and missing, whatever the clocks say', async () => {
    await fc.assert(
      fc.asyncProperty(historyOf(false), picks, picks, async (shape, wanted, held) => {
        const [wants, haves] = [pick(shape, wanted), pick(shape, held)]
        const sent = await select(shape.repository, { wants, haves })
        const after = new Set([...sent, ...closure(shape.repository, haves)])
        expect([...closure(shape.repository, wants)].filter((oid) => !after.has(oid))).toEqual([])
        expect(new Set(sent).size).toBe(sent.length)
      }),
    )
  })

  it('sends no commit that is there, where the clocks are right', async () => {
    await fc.assert(
      fc.asyncProperty(historyOf(true), picks, picks, async (shape, wanted, held) => {
        const [wants, haves] = [pick(shape, wanted), pick(shape, held)]
        const sent = await select(shape.repository, { wants, haves })
        const there = closure(shape.repository, haves)
        const isCommit = (oid: Oid) => shape.repository.objects.read(oid)!.type === 'commit'
        expect(sent.filter((oid) => isCommit(oid) && there.has(oid))).toEqual([])
      }),
    )
  })

  it('leaves a shallow clone whole, whatever it asks for', async () => {
    const deepening = fc.record({
      first: fc.integer({ min: 1, max: 6 }),
      second: fc.integer({ min: 1, max: 9 }),
    })
    await fc.assert(
      fc.asyncProperty(
        historyOf(false),
        picks,
        picks,
        deepening,
        async (shape, wanted, more, { first, second }) => {
          const { repository } = shape
          const deepen = (depth: number) => ({ depth, isRelative: false, since: null, not: [] })
          const graph = new CommitGraph(repository.objects)
          const wants = pick(shape, wanted)
          const cut = await cutHistory(graph, wants, new Set(), deepen(first), new Pacer())
          const held = new Set(await select(repository, { wants, cut }))
          const shallow = new Set(cut.added)
          expect([...closure(repository, wants, shallow)].filter((oid) => !held.has(oid))).toEqual([])
          const others = [...wants, ...pick(shape, more)]
          const deeper = await cutHistory(graph, others, shallow, deepen(second), new Pacer())
          for (const oid of await select(repository, { wants: others, haves: wants, cut: deeper }))
            held.add(oid)
          const reopened = new Set(deeper.reopened)
          const cutNow = new Set([...[...shallow].filter((oid) => !reopened.has(oid)), ...deeper.added])
          expect([...closure(repository, others, cutNow)].filter((oid) => !held.has(oid))).toEqual([])
        },
      ),
    )
  })

  it('sends commits, tags, trees and blobs, in this order', async () => {
    const { repository, nested } = sampleRepository()
    const sent = await select(repository, { wants: [nested] })
    expect(sent.map((oid) => repository.objects.read(oid)!.type)).toEqual([
      'commit',
      'tag',
      'tag',
      'tree',
      'tree',
      'blob',
      'blob',
    ])
  })

  it('sends a tag alone where its commit is there', async () => {
    const { repository, commits, tag, nested } = sampleRepository()
    const haves = [commits[2]!]
    expect(await select(repository, { wants: [tag], haves })).toEqual([tag])
    expect(await select(repository, { wants: [nested], haves: [...haves, tag] })).toEqual([nested])
    expect(await select(repository, { wants: [tag], haves: [tag] })).toEqual([])
  })

  it('adds the tags of what is sent when asked to', async () => {
    const { repository, commits, tag, nested } = sampleRepository()
    const request = { wants: [commits[2]!], tags: repository.tags }
    expect(
      (await select(repository, request)).filter((oid) => repository.objects.read(oid)!.type === 'tag'),
    ).toEqual([tag, nested])
    expect(await select(repository, { ...request, haves: [commits[0]!] })).not.toContain(tag)
  })

  it('sends trees and blobs that are asked for by id, past any filter', async () => {
    const { repository, commits } = sampleRepository()
    const { tree } = repository.objects.commit(commits[0]!)
    const blob = repository.objects.tree(tree).find(({ name }) => name === 'a.txt')!.oid
    const filter = { blobLimit: 0, treeDepth: 0 }
    expect(await select(repository, { wants: [blob], filter })).toEqual([blob])
    expect(await select(repository, { wants: [tree], filter })).toEqual([tree])
  })

  it('sends a new commit to a shallow clone without what is the same', async () => {
    const { repository, commits } = sampleRepository()
    const [, second, third] = commits as [Oid, Oid, Oid]
    const cut = keepCut(new Set([second]))
    const sent = await select(repository, { wants: [third], haves: [second], cut })
    expect(sent).toHaveLength(3)
  })

  it('follows 50,000 commits without running out of stack', async () => {
    const repository = Repository.create('main')
    let tip = writeCommit(repository, { time: 1 })
    for (let i = 2; i <= 50_000; i += 1) tip = writeCommit(repository, { time: i, parents: [tip] })
    expect(await select(repository, { wants: [tip] })).toHaveLength(50_001)
    expect(await select(repository, { wants: [tip], haves: [tip] })).toEqual([])
  })
})

describe('many wants that are refs', () => {
  it('select what they would if each was read: tags of tags, of trees and of blobs, too', async () => {
    const { repository, commits } = sampleRepository()
    const { objects } = repository
    const tagger = { name: 'Ada', email: 'ada@example.test', time: 1, offset: 0 }
    const { tree } = objects.commit(commits[0]!)
    const blob = objects.tree(tree)[0]!.oid
    const targets = [...commits, tree, blob]
    const updates = Array.from({ length: 1500 }, (_, i) => {
      const target = targets[(i * 7) % targets.length]!
      const after = repository.createTagObject({ name: `m${i}`, target, tagger, message: `${i}\n` })
      targets.push(after)
      return { ref: `refs/tags/m${i}`, after: i % 11 === 0 ? target : after }
    })
    repository.update(updates)
    const all = [...repository.tags.entries('name', 'asc')].map(({ target }) => target)
    for (const chosen of [all, all.slice(300), all.filter((_, i) => i % 4 > 0)]) {
      const wants = new Set(chosen)
      expect(wants.size).toBeGreaterThan(1000)
      const found = await select(repository, { wants, refs: repository.tags })
      expect(found.slice().sort()).toEqual((await select(repository, { wants })).slice().sort())
      expect(new Set(found)).toEqual(closure(repository, wants))
    }
  })
})
