import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RefChange, User } from '../../src/forge/model.ts'
import { RefCreators } from '../../src/forge/ref-creators.ts'

const users = ['ada', 'dee'].map((username) => ({ username }) as User)
const oid = '1'.repeat(40)

const anyChange = fc.record<RefChange>({
  ref: fc.nat(30).map((number) => `refs/tags/v${number}`),
  before: fc.constantFrom(oid, null),
  after: fc.constantFrom(oid, null),
})
const anyNote = fc.record({
  // Some are so large that they are taken in over a while.
  changes: fc.oneof(
    fc.array(anyChange, { maxLength: 10 }),
    fc.array(anyChange, { minLength: 1 }).map((few) => Array<RefChange[]>(3000).fill(few).flat()),
  ),
  actor: fc.option(fc.constantFrom(...users)),
  turns: fc.nat(2),
})

test('are those of a plain map, whenever they are asked for', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyNote, { maxLength: 6 }), async (notes) => {
      const creators = new RefCreators()
      const model = new Map<string, User>()
      for (const { changes, actor, turns } of notes) {
        creators.note(changes, actor)
        for (const { ref, before, after } of changes) {
          if (after === null) model.delete(ref)
          else if (before === null && actor) model.set(ref, actor)
        }
        for (let turn = 0; turn < turns; turn += 1) await setImmediate()
        if (turns > 0) expect(creators.get('refs/tags/v7')).toBe(model.get('refs/tags/v7'))
      }
      expect(creators.all).toEqual(model)
    }),
    { numRuns: 40 },
  )
})
