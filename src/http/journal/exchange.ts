import type { Deprecation } from '../deprecation.ts'
import type { ParameterHabits } from './unread-fields.ts'

/** A body as far as it is kept. */
export interface KeptBody {
  readonly chunks: readonly (string | Buffer)[]
  /** Bytes that went over the wire, kept or not; null when the body was not looked at. */
  readonly size: number | null
  readonly isCut: boolean
}

export const NO_BODY: KeptBody = { chunks: [], size: 0, isCut: false }

/** The schemas of a route, as far as they name what it reads. */
export interface DeclaredFields {
  readonly querystring?: unknown
  readonly body?: unknown
  readonly deprecated?: Deprecation
}

/**
 * One request with its answer as they went over the wire, credentials included: written down in the hot path, hence
 * without any work. What leaves the journal goes through redaction first, see present-entry.ts.
 */
export interface Exchange {
  /** Counted from 1 in the order in which answers were complete. */
  readonly number: number
  /** Epoch milliseconds: real time, and the time of the sandbox. */
  readonly startedAt: number
  readonly sandboxTime: number
  /** Milliseconds. */
  readonly duration: number
  readonly vendor: string | null
  readonly operation: string | null
  readonly sandbox: string | null
  /** Whom the credential led to. */
  readonly user: string | null
  readonly method: string
  /** As it was sent, without the base path of the sandbox. */
  readonly url: string
  readonly httpVersion: string
  /** Names and values in turn, as they were sent. */
  readonly headers: readonly string[]
  readonly body: KeptBody
  /** Null: the connection ended before there was an answer. */
  readonly status: number | null
  readonly answerHeaders: Readonly<Record<string, string | number | readonly string[] | undefined>>
  readonly answerBody: KeptBody
  /** The connection ended before the whole answer was out. */
  readonly isCutOff: boolean
  readonly declared: DeclaredFields | null
  readonly habits: ParameterHabits
  readonly refusal: string | null
  /** The fault rule that had a hand in it. */
  readonly fault: string | null
}
