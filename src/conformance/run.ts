import { cleanUp, reasonNotToWrite } from './clean-up.ts'
import type { Driver } from './driver.ts'
import type { Environment } from './environment.ts'
import { Mismatch } from './mismatch.ts'
import { Scene } from './scene.ts'
import type { StepResult, Story, StoryResult } from './story.ts'

export interface RunOptions {
  /** What the names of all tags begin with that are made; something that nobody else uses. */
  readonly prefix: string
  /** Leaves out every step that may change the project. */
  readonly isReadOnly?: boolean
  /** Lets a run make tags where neither the API nor git could take them away again. */
  readonly mayLeaveTags?: boolean
}

/**
 * Tells one story to a server. Never rejects: a server that does not answer is a failed step. Takes away what the story
 * made, whatever happened.
 */
export async function runStory(
  story: Story,
  driver: Driver,
  environment: Environment,
  { prefix, isReadOnly = false, mayLeaveTags = false }: RunOptions,
): Promise<StoryResult> {
  const scene = new Scene(story.name, driver, environment, prefix)
  const bar = isReadOnly ? 'the run is read-only' : reasonNotToWrite(scene)
  const barred = mayLeaveTags && !isReadOnly ? null : bar
  const results = new Map<string, StepResult>()
  for (const step of story.steps(scene)) {
    const reason = reasonToSkip(step, results, barred)
    scene.step = step.name
    const result = reason === null ? await attempt(step.name, step.act) : skipped(step.name, reason)
    results.set(step.name, result)
  }
  scene.step = 'clean up'
  const left = await cleanUp(scene)
  const steps = [...results.values()]
  return { story: story.name, outcome: outcomeOf(steps), steps, exchanges: scene.exchanges, left }
}

/** Tells all of them, one after the other. */
export async function runConformance(
  stories: readonly Story[],
  driver: Driver,
  environment: Environment,
  options: RunOptions,
): Promise<readonly StoryResult[]> {
  const results: StoryResult[] = []
  for (const story of stories) results.push(await runStory(story, driver, environment, options))
  return results
}

function reasonToSkip(
  { writes = false, needs = [], unable }: ReturnType<Story['steps']>[number],
  results: ReadonlyMap<string, StepResult>,
  barred: string | null,
): string | null {
  if (writes && barred !== null) return barred
  const reason = unable?.() ?? null
  if (reason !== null) return reason
  const lacking = needs.find((name) => results.get(name)?.outcome !== 'pass')
  return lacking === undefined ? null : `needs "${lacking}"`
}

async function attempt(name: string, act: () => Promise<void>): Promise<StepResult> {
  try {
    await act()
    return { name, outcome: 'pass' }
  } catch (error) {
    return failed(name, error)
  }
}

function failed(name: string, error: unknown): StepResult {
  if (error instanceof Mismatch) {
    const { check, expected, actual } = error
    return { name, outcome: 'fail', reason: error.message, mismatch: { check, expected, actual } }
  }
  return { name, outcome: 'fail', reason: error instanceof Error ? error.message : String(error) }
}

function skipped(name: string, reason: string): StepResult {
  return { name, outcome: 'skip', reason }
}

/** A story that could do nothing has not passed. */
function outcomeOf(steps: readonly StepResult[]): StepResult['outcome'] {
  if (steps.some(({ outcome }) => outcome === 'fail')) return 'fail'
  return steps.some(({ outcome }) => outcome === 'pass') ? 'pass' : 'skip'
}
