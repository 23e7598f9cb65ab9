import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ForgeError } from '../../src/failure.ts'
import type { Direction, Oid, RefOrder } from '../../src/git/model.ts'
import { type RefUpdate, Repository } from '../../src/git/repository.ts'
import { writeCommit } from './wire/sample.ts'

const origin = Repository.create('main')
const c1 = writeCommit(origin, { time: 1 })
const c2 = writeCommit(origin, { time: 2, parents: [c1] })
const tagger = { name: 'Ada', email: 'ada@example.test', time: 3, offset: 0 }
const t1 = origin.createTagObject({ name: 'x', target: c1, tagger, message: '' })

const names = ['a', 'a/b', 'a/b/c', 'b', 'b/c', 'ab', 'v1', 'v10', 'v9']
const anyUpdate = fc
  .record({
    name: fc.constantFrom(...names),
    folder: fc.constantFrom('refs/tags/', 'refs/tags/', 'refs/heads/', 'refs/other/'),
    after: fc.constantFrom<(Oid | null)[]>(c1, c2, t1, null),
    before: fc.constantFrom<(Oid | null | undefined)[]>(c1, null, undefined, undefined),
  })
  .map(
    ({ name, folder, after, before }): RefUpdate => ({
      ref: folder + name,
      after,
      ...(before !== undefined && { before }),
    }),
  )
const anyBatch = fc.uniqueArray(anyUpdate, { minLength: 1, maxLength: 8, selector: ({ ref }) => ref })
const orders: readonly RefOrder[] = ['name', 'version', 'created', 'committed', 'annotated-first']
const directions: readonly Direction[] = ['asc', 'desc']

/** How an update fails, and what is moved otherwise. */
function attempt(action: () => unknown): unknown {
  try {
    return action()
  } catch (error) {
    if (error instanceof ForgeError) return error.code
    throw error
  }
}

/** All that the tables have to say, in every order. */
function readTables(repository: Repository): unknown {
  const read = (kind: 'tags' | 'heads' | 'others') =>
    orders.flatMap((order) =>
      directions.map((direction) => {
        const page = repository[kind].page(order, direction, 0, 100)
        return page.map(({ name, target, facts }) => ({ name, target, facts }))
      }),
    )
  return { refs: [...repository.refs()], tags: read('tags'), heads: read('heads'), others: read('others') }
}

function startFrom(refs: readonly RefUpdate[], asked: boolean): Repository {
  const repository = origin.fork()
  for (const { ref, after } of refs) attempt(() => repository.update([{ ref, after }]))
  if (asked) readTables(repository)
  return repository
}

test('an update that was prepared while others came in between ends as if it had come after them', () => {
  const anyMeanwhile = fc.array(fc.record({ after: fc.nat(12), updates: anyBatch }), { maxLength: 4 })
  fc.assert(
    fc.property(anyBatch, fc.boolean(), anyBatch, anyMeanwhile, (start, asked, updates, meanwhile) => {
      const prepared = startFrom(start, asked)
      const plain = startFrom(start, asked)
      const left = meanwhile.toSorted((a, b) => a.after - b.after)
      attempt(() => {
        const steps = prepared.prepare(updates)
        for (let step = 0; !steps.next().done; step += 1) {
          while (left[0] && left[0].after <= step) {
            const { updates: others } = left.shift()!
            const outcome = attempt(() => prepared.update(others))
            expect(attempt(() => plain.update(others))).toEqual(outcome)
          }
        }
      })
      expect(attempt(() => prepared.update(updates))).toEqual(attempt(() => plain.update(updates)))
      expect(readTables(prepared)).toEqual(readTables(plain))
    }),
    { numRuns: 500 },
  )
})

test('forks that were made before and after a prepared update keep their own refs', () => {
  fc.assert(
    fc.property(anyBatch, anyBatch, anyBatch, (start, updates, later) => {
      const repository = startFrom(start, true)
      const before = repository.fork()
      const expected = readTables(before)
      attempt(() => {
        const steps = repository.prepare(updates)
        while (!steps.next().done);
        repository.update(updates)
      })
      const after = repository.fork()
      const moved = readTables(after)
      for (const update of later) attempt(() => repository.update([update]))
      expect(readTables(before)).toEqual(expected)
      expect(readTables(after)).toEqual(moved)
    }),
  )
})

test('a generation never stands for two contents', () => {
  const repository = startFrom([], true)
  const before = repository.generation
  const updates = [{ ref: 'refs/tags/v1', after: c1 }]
  const steps = repository.prepare(updates)
  while (!steps.next().done);
  expect(repository.generation).toBe(before)
  repository.update(updates)
  expect(repository.generation).not.toBe(before)
})
