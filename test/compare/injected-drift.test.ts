import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startFake } from '../../src/compare/fake.ts'
import type { FakeParty, Party } from '../../src/compare/party.ts'
import { replay } from '../../src/compare/replay.ts'
import type { ExchangeAnswer } from '../../src/exchange/exchange.ts'
import type { Session } from '../../src/exchange/traffic.ts'
import type { VendorId } from '../../src/options.ts'
import { type Injection, injectionsInto } from './injection.ts'
import { tour, vendorIds } from './tour.ts'

/** How often one thing is changed, per vendor and side. */
const RUNS = 40

const wishes = { user: 'mia', timeout: 20_000 }
let fake: FakeParty
let live: FakeParty
const found = new Map<string, number>()

beforeAll(async () => {
  fake = await startFake({}, wishes)
  live = await startFake({}, wishes)
})
afterAll(async () => {
  await fake.close()
  await live.close()
  const kinds = [...found].sort().map(([what, count]) => `${what} ${count}`)
  console.log(`injected and found: ${kinds.join(', ')}`)
})

/** A proxy that has asked a server once and changes one answer. `at` counts the requests. */
function proxy(
  party: FakeParty,
  answers: readonly ExchangeAnswer[],
  at = -1,
  injection?: Injection,
): FakeParty {
  let count = 0
  return {
    ...party,
    operations: async () => [],
    send: async () => {
      const answer = answers[count]
      if (!answer) throw new Error('There are more requests than answers.')
      return count++ === at && injection ? injection.apply(answer) : answer
    },
  }
}

/** The tour through both servers, from the same beginning. */
async function tourBoth(vendor: VendorId, part: 'reads' | 'all') {
  for (const { url } of [fake, live]) await fetch(`${url}/__admin/reset`, { method: 'POST' })
  const [session, other] = [await tour(vendor, live, part), await tour(vendor, fake, part)]
  return { session, answersOf: { live: answersOf(session), fake: answersOf(other) } }
}

function answersOf({ exchanges }: Session): ExchangeAnswer[] {
  return exchanges.map(({ answer }) => answer)
}

async function drifts(session: Session, one: FakeParty, other: Party | null) {
  const { exchanges } = await replay(session, one, other)
  return exchanges.flatMap(({ name, drifts: all }) =>
    all.map(({ pointer, kind, drifted }) => ({ name, pointer, kind, drifted })),
  )
}

interface Case {
  readonly at: number
  readonly injection: Injection
}

/** A seeded choice, the same for every run of the tests, in which rare kinds of change have as good a chance as frequent ones. */
function choose(session: Session): Case[] {
  const ids = [...new Set(JSON.stringify(session.exchanges).match(/\b[0-9a-f]{40}\b/g))]
  const byKind = new Map<string, Case[]>()
  session.exchanges.forEach(({ answer }, at) => {
    for (const injection of injectionsInto(answer, ids))
      byKind.set(injection.what, [...(byKind.get(injection.what) ?? []), { at, injection }])
  })
  const anyCase = fc.constantFrom(...byKind.values()).chain((cases) => fc.constantFrom(...cases))
  return fc.sample(anyCase, RUNS)
}

for (const vendor of vendorIds) {
  it(`${vendor}: says same when nothing was changed`, async () => {
    const { session, answersOf: answers } = await tourBoth(vendor, 'all')
    expect(await drifts(session, proxy(fake, answers.fake), null)).toEqual([])
    const reads = await tourBoth(vendor, 'reads')
    expect(await drifts(reads.session, fake, live)).toEqual([])
  })

  it(`${vendor}: finds each of ${RUNS} changes of the live server at its place, and nothing else`, async () => {
    const { session, answersOf: answers } = await tourBoth(vendor, 'reads')
    for (const { at, injection } of choose(session)) {
      const { what, pointer, kind } = injection
      const name = session.exchanges[at]?.name
      const changed = proxy(live, answers.live, at, injection)
      const said = await drifts(session, proxy(fake, answers.fake), changed)
      expect({ what, said }).toEqual({ what, said: [{ name, pointer, kind, drifted: 'live' }] })
      found.set(what, (found.get(what) ?? 0) + 1)
    }
  })

  it(`${vendor}: finds each of ${RUNS} changes of the fake at its place, and nothing else`, async () => {
    const { session, answersOf: answers } = await tourBoth(vendor, 'all')
    for (const { at, injection } of choose(session)) {
      const { what, pointer, kind } = injection
      const name = session.exchanges[at]?.name
      const said = await drifts(session, proxy(fake, answers.fake, at, injection), null)
      expect({ what, said }).toEqual({ what, said: [{ name, pointer, kind, drifted: 'fake' }] })
      found.set(what, (found.get(what) ?? 0) + 1)
    }
  })
}
