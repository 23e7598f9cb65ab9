import type { Driver } from '../conformance/driver.ts'
import { runConformance } from '../conformance/run.ts'
import { stories } from '../conformance/stories/index.ts'
import type { StepResult, StoryResult } from '../conformance/story.ts'
import type { StoryExchange } from '../conformance/wire.ts'
import type { Drift, Drifter, SessionReport, Skipped } from './drift.ts'
import { evidenceOf } from './evidence-of.ts'
import type { FakeParty, Party } from './party.ts'
import { notesOf } from './replay.ts'
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
  return Promise.all(ofLive.map((result, i) => report(result, ofFake[i], live, fake)))
}

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
    whole.map(async ({ step, mine }, i) => {
      const name = `${live.story}, ${step}: ${mine.name}`
      const places = judged[i]?.judged ?? []
      const evidence = places.length === 0 ? null : await evidenceOf(vendor, null, mine.answer.status)
      const drifted = blamed.get(step) ?? 'fake'
      return {
        name,
        drifts: places.map(
          (one): Drift => ({
            vendor,
            operation: null,
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

/** The story is what all vendors document: null when both do what it says. */
function drifterOf(live: StepResult, fake: StepResult): Drifter | null {
  const [liveFails, fakeFails] = [live.outcome === 'fail', fake.outcome === 'fail']
  if (liveFails && fakeFails) return live.reason === fake.reason ? 'document' : 'both'
  if (liveFails) return 'live'
  return fakeFails ? 'fake' : null
}

function stepReport(vendor: Drift['vendor'], story: string, live: StepResult, fake: StepResult) {
  const name = `${story}, ${live.name}`
  const drifted = drifterOf(live, fake)
  if (drifted === null) return { name, drifts: [] }
  const failed = live.mismatch ?? fake.mismatch
  const drift: Drift = {
    vendor,
    operation: null,
    exchange: name,
    pointer: '',
    kind: 'value',
    drifted,
    said: {
      ...(failed && { document: `${failed.check}: ${JSON.stringify(failed.expected)}` }),
      live: live.reason ?? live.outcome,
      fake: fake.reason ?? fake.outcome,
    },
    evidence: null,
    accepted: null,
  }
  return { name, drifts: [drift] }
}

function skippedOf({ story, steps }: StoryResult): Skipped[] {
  return steps.flatMap(({ name, outcome, reason = '' }) =>
    outcome === 'skip' ? [{ exchange: `${story}, ${name}`, reason }] : [],
  )
}
