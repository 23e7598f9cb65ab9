import type { StepResult, StoryResult } from '../conformance/story.ts'
import type { Drift, Drifter, Skipped } from './drift.ts'

/** The story is what all vendors document: null when both do what it says. */
export function drifterOf(live: StepResult, fake: StepResult): Drifter | null {
  const [liveFails, fakeFails] = [live.outcome === 'fail', fake.outcome === 'fail']
  if (liveFails && fakeFails) return live.reason === fake.reason ? 'document' : 'both'
  if (liveFails) return 'live'
  return fakeFails ? 'fake' : null
}

/** Whether a step came out the same on both sides, whatever was answered. */
export function stepReport(vendor: Drift['vendor'], story: string, live: StepResult, fake: StepResult) {
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

export function skippedOf({ story, steps }: StoryResult): Skipped[] {
  return steps.flatMap(({ name, outcome, reason = '' }) =>
    outcome === 'skip' ? [{ exchange: `${story}, ${name}`, reason }] : [],
  )
}
