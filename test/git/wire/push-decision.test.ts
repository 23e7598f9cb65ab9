import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { MemoryLayer } from '../../../src/git/memory-layer.ts'
import type { Oid } from '../../../src/git/model.ts'
import type { Repository } from '../../../src/git/repository.ts'
import { decidePush } from '../../../src/git/wire/push-decision.ts'
import type { CheckedPush, PushRules } from '../../../src/git/wire/push-rules.ts'
import { permissive } from './push-request.ts'
import { sampleRepository } from './sample.ts'

/** So many that others get their turn while they are decided on. */
const MANY = 20_000

/** A push of that many new tags to one commit. */
function pushOf(repository: Repository, after: Oid): CheckedPush {
  const commands = Array.from({ length: MANY }, (_, i) => ({ ref: `refs/tags/p/${i}`, before: null, after }))
  const request = { commands, capabilities: new Map(), shallow: new Set<Oid>(), options: [] }
  return { request, layer: new MemoryLayer(), objects: repository.objects, refusals: new Map() }
}

/** Does something else while a push is decided on, after some turns of the event loop. */
async function meanwhile(turns: number, action: () => void): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await setImmediate()
  action()
}

test.each([1, 5, 15])(
  'a ref that others create meanwhile is refused, the others move (turn %i)',
  async (turns) => {
    const { repository, commits } = sampleRepository()
    const [first = '', second = ''] = commits
    const decided = decidePush(repository, pushOf(repository, first), permissive(repository))
    await meanwhile(turns, () => repository.update([{ ref: 'refs/tags/p/7', after: second }]))
    expect(repository.ref('refs/tags/p/8')).toBe(undefined)
    const { results } = await decided
    expect(results.filter(({ refused }) => refused)).toEqual([
      { ref: 'refs/tags/p/7', refused: 'failed to update ref' },
    ])
    expect(repository.ref('refs/tags/p/7')).toBe(second)
    expect(repository.ref(`refs/tags/p/${MANY - 1}`)).toBe(first)
  },
)

test('a ref in whose folder the push creates is in its way, also when it comes meanwhile', async () => {
  const { repository, commits } = sampleRepository()
  const decided = decidePush(repository, pushOf(repository, commits[0]!), permissive(repository))
  await meanwhile(5, () => repository.update([{ ref: 'refs/tags/p', after: commits[0]! }]))
  const { results } = await decided
  expect(new Set(results.map(({ refused }) => refused))).toEqual(new Set(['failed to update ref']))
  expect(repository.tags.size).toBe(4)
})

test('what has nothing to do with the push is not lost', async () => {
  const { repository, commits } = sampleRepository()
  const decided = decidePush(repository, pushOf(repository, commits[0]!), permissive(repository))
  for (let turn = 0; turn < 40; turn += 1) {
    await setImmediate()
    repository.update([{ ref: `refs/tags/other/${turn}`, after: commits[1]! }])
    if (turn % 2 === 0) repository.update([{ ref: `refs/tags/other/${turn}`, after: null }])
  }
  const { results } = await decided
  expect(results.every(({ refused }) => refused === null)).toBe(true)
  expect(repository.tags.size).toBe(3 + MANY + 20)
})

test('a push that changes all the time under its eyes is decided on in the end', async () => {
  const { repository, commits } = sampleRepository()
  let isDecided = false
  const decided = decidePush(repository, pushOf(repository, commits[0]!), permissive(repository)).finally(
    () => {
      isDecided = true
    },
  )
  for (let turn = 0; !isDecided; turn += 1) {
    await setImmediate()
    repository.update([{ ref: 'refs/tags/p/3', after: commits[turn % 2]! }])
  }
  const { results } = await decided
  expect(results.filter(({ refused }) => refused)).toEqual([
    { ref: 'refs/tags/p/3', refused: 'failed to update ref' },
  ])
})

test('rules that have something against one of many refs judge all of them', async () => {
  const { repository, commits } = sampleRepository()
  const rules: PushRules = {
    ...permissive(repository),
    judge: (changes) => {
      const isBad = changes.some(({ ref }) => ref === 'refs/tags/p/15000')
      const refused = new Map(isBad ? changes.map(({ ref }) => [ref, 'declined']) : [])
      return { refused, messages: isBad ? ['not that one'] : [] }
    },
  }
  const { results, messages } = await decidePush(repository, pushOf(repository, commits[0]!), rules)
  expect(results.filter(({ refused }) => refused === 'declined').length).toBe(MANY)
  expect(messages).toEqual(['not that one'])
})
