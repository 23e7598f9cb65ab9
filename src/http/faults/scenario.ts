import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FaultAnswer, FaultDialect, FaultFacts } from '../../vendors/fault-dialect.ts'
import type { CapturedAnswer } from './captured-answer.ts'
import type { Call } from './fault-board.ts'

/** What a scenario can do with one request. */
export interface Stage {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly call: Call
  readonly dialect: FaultDialect
  readonly facts: FaultFacts
  /** Answers without carrying the request out. */
  answer(answer: FaultAnswer): void
  /** Carries it out and answers with what `change` makes of the answer; null: with the answer of another. */
  change(change: (answer: CapturedAnswer) => CapturedAnswer | FaultAnswer): void
}

/** A story that real clients have stumbled over, to be told by name. */
export interface Scenario {
  readonly name: string
  readonly summary: string
  /** What a correct client does. */
  readonly correctClient: string
  readonly vendors: readonly string[]
  readonly operations: readonly string[]
  /** How often it happens unless told otherwise; null for always. */
  readonly times: number | null
  /** How many tags the project must have for it to show; they are made when it is posted. */
  readonly tags: number | null
  concerns(call: Call): boolean
  play(stage: Stage): void
}
