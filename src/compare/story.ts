import type { Driver } from '../conformance/driver.ts'
import { runConformance } from '../conformance/run.ts'
import { stories } from '../conformance/stories/index.ts'
import type { StoryResult } from '../conformance/story.ts'
import type { StoryExchange } from '../conformance/wire.ts'
import type { Drift, SessionReport } from './drift.ts'
import { evidenceOf } from './evidence-of.ts'
import type { FakeParty, Party } from './party.ts'
import { notesOf } from './replay.ts'
import { drifterOf, skippedOf, stepReport } from './story-steps.ts'
import { sweep } from './sweep.ts'
import { judge } from './verdict.ts'

export interface StoryOptions {
  /** What the names of all tags begin with that are made. */
  readonly prefix: string
  readonly isReadOnly: boolean
  /** Told what is worth knowing while it goes on. */
  say(sentence: string): void
}

export interface Told {
  readonly party: Party
  readonly driver: Driver
}

/** Who wins a race is nobody's rule. */
const compared = stories.filter(({ name }) => name !== 'races')

/**
 * Tells the conformance stories to both servers, and compares what they did, story by story. Throws ComparisonError when
 * the live one cannot be rid of what was made there, or does not answer at all.
 */
export async function tellStories(
  live: Told,
  fake: Told & { readonly party: FakeParty },
  options: StoryOptions,
): Promise<SessionReport[]> {
  const ofLive = await tell(live, options)
  await sweep(
    live,
    ofLive.flatMap(({ left }) => left),
    options,
  )
  const ofFake = await tell(fake, options)
  const operations = operationsOf(ofFake, await fake.party.operations())
  return Promise.all(ofLive.map((result, i) => report(result, ofFake[i], live, fake, operations)))
}

/** What the fake's journal calls each request that it was sent, as far as that is certain. */
function operationsOf(results: readonly StoryResult[], names: readonly (string | null)[]): Operations {
  const exchanges = results.flatMap((result) => result.exchanges)
  return new Map(exchanges.length === names.length ? exchanges.map((one, i) => [one, names[i] ?? null]) : [])
}

type Operations = ReadonlyMap<StoryExchange, string | null>

function tell({ party, driver }: Told, options: StoryOptions): Promise<readonly StoryResult[]> {
  const { token, username } = party.credential
  const writer = token === null ? {} : { token, username }
  return runConformance(compared, driver, { send: sendOf(party), writer }, options)
}

function sendOf({ send }: Party) {
  return async (request: Parameters<typeof send>[0]) => {
    const { status, headers = {}, body = '' } = await send(request)
    const plain = Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')])
    return { status, headers: Object.fromEntries(plain) as Record<string, string>, body }
  }
}

async function report(
  live: StoryResult,
  fake: StoryResult | undefined,
  { party, driver }: Told,
  other: Told,
  operations: Operations,
): Promise<SessionReport> {
  const { vendor } = driver
  const steps = live.steps.map((step, i) => ({ step, other: fake?.steps[i] ?? step }))
  const pairs = steps.flatMap(({ step }) => pairsOf(step.name, live.exchanges, fake?.exchanges ?? []))
  const whole = pairs.flatMap(({ step, live: mine, fake: theirs }) =>
    mine && theirs ? [{ step, mine, theirs }] : [],
  )
  const judged = judge({
    document: null,
    live: { origin: party.url, exchanges: whole.map(({ mine }) => mine) },
    fake: { origin: other.party.url, exchanges: whole.map(({ theirs }) => theirs) },
  })
  const blamed = new Map(steps.map(({ step, other: its }) => [step.name, drifterOf(step, its)]))
  const exchanges = await Promise.all(
    whole.map(async ({ step, mine, theirs }, i) => {
      const name = `${live.story}, ${step}: ${mine.name}`
      const places = judged[i]?.judged ?? []
      const operation = operations.get(theirs) ?? null
      const evidence = places.length === 0 ? null : await evidenceOf(vendor, operation, theirs.answer.status)
      const drifted = blamed.get(step) ?? 'fake'
      return {
        name,
        drifts: places.map(
          (one): Drift => ({
            vendor,
            operation,
            exchange: name,
            ...one,
            drifted,
            evidence,
            accepted: null,
          }),
        ),
      }
    }),
  )
  const lonely = pairs.filter((pair) => !pair.live || !pair.fake)
  return {
    vendor,
    source: `story: ${live.story}`,
    exchanges: [
      ...exchanges,
      ...steps
        .filter(({ step, other: its }) => step.outcome !== 'skip' || its.outcome !== 'skip')
        .map(({ step, other: its }) => stepReport(vendor, live.story, step, its)),
      ...lonely.map(({ step, live: mine, fake: theirs }) => {
        const name = `${live.story}, ${step}: ${(mine ?? theirs)?.name}`
        const said = mine ? { live: mine.answer.status } : { fake: theirs?.answer.status }
        const drift: Drift = {
          vendor,
          operation: null,
          exchange: name,
          pointer: '',
          kind: mine ? 'missing' : 'extra',
          drifted: blamed.get(step) ?? 'fake',
          said,
          evidence: null,
          accepted: null,
        }
        return { name, drifts: [drift] }
      }),
    ],
    skipped: skippedOf(live),
    notes: notesOf(
      whole.map(({ mine }) => mine.name),
      judged,
    ),
  }
}

/** Requests of a step rest on answers, so one side may have needed more of them. */
function pairsOf(step: string, live: readonly StoryExchange[], fake: readonly StoryExchange[]) {
  const [mine, theirs] = [live, fake].map((all) => all.filter((exchange) => exchange.step === step)) as [
    StoryExchange[],
    StoryExchange[],
  ]
  const length = Math.max(mine.length, theirs.length)
  return Array.from({ length }, (_, i) => ({ step, live: mine[i] ?? null, fake: theirs[i] ?? null }))
}
