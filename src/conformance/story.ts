import type { Scene } from './scene.ts'
import type { StoryExchange } from './wire.ts'

export interface Step {
  /** A rule in the present tense: "refuses a duplicate". Unique within its story. */
  readonly name: string
  /** Whether it may change the project; such steps are left out of a read-only run. */
  readonly writes?: boolean
  /** Names of steps without whose success this one says nothing. */
  readonly needs?: readonly string[]
  /** Why it cannot be done here; null: it can. */
  unable?(): string | null
  /** Throws Mismatch when the server does not do what it should. */
  act(): Promise<void>
}

/** Something that every vendor has to do, told without any vendor's words. */
export interface Story {
  readonly name: string
  readonly summary: string
  /** Its steps, for one run. */
  steps(scene: Scene): readonly Step[]
}

export interface StepResult {
  readonly name: string
  readonly outcome: 'pass' | 'fail' | 'skip'
  /** Why it failed or was skipped. */
  readonly reason?: string
  /** For a failure: which of the step's checks it was, what it should have found and what it found. */
  readonly mismatch?: { readonly check: string; readonly expected: unknown; readonly actual: unknown }
}

export interface StoryResult {
  readonly story: string
  readonly outcome: StepResult['outcome']
  readonly steps: readonly StepResult[]
  /** In the order in which they ended; those that clean up belong to the step `clean up`. */
  readonly exchanges: readonly StoryExchange[]
  /** Names of tags that the story made and could not take away again. */
  readonly left: readonly string[]
}
