/**
 * What a vendor, or the proxy in front of it, answers when the fake is told to go wrong. Whether and when that happens is
 * decided in src/http/faults; a vendor only says it in its own words.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Project } from '../forge/project.ts'

/** An answer as a whole: nothing is added to it. */
export interface FaultAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly body: string
}

/** How much of a rate limit is used up; times in epoch milliseconds of the sandbox. */
export interface RateState {
  readonly limit: number
  /** Seconds. */
  readonly window: number
  /** Requests in this window, this one included. */
  readonly observed: number
  readonly now: number
  readonly resetAt: number
}

export interface FaultFacts {
  /** The request is git's own, not one to the API. */
  readonly isGit: boolean
  /** Seconds after which the client may try again; null: it is not told. */
  readonly retryAfter: number | null
  /** Null when the answer has nothing to do with a rate limit. */
  readonly rate: RateState | null
}

/** What a request authenticates with, unchecked. */
export interface Credential {
  /** A token, a password, or the id of an access key. */
  readonly secret: string
  readonly username: string | null
}

/** What scenarios have to know of a vendor's tags. */
export interface TagStage {
  /** Names of the operations that list tags page by page, and of those that delete one. */
  readonly list: readonly string[]
  readonly remove: readonly string[]
  /** Whether a query asks for another page than the first. */
  isLaterPage(query: URLSearchParams): boolean
  /** The names of the tags in the body of a list, in their order. */
  namesIn(body: unknown): readonly string[]
  /** The project of a request that has been answered. */
  projectOf(request: FastifyRequest): Project | null
}

/** An answer on its way out; a rewrite may keep what it does not mean. */
export interface AnswerDraft {
  readonly status: number
  readonly headers: Readonly<Record<string, string | number | readonly string[]>>
  readonly body: string
}

/** An oddity of one vendor's answers that real clients have stumbled over. */
export interface VendorScenario {
  /** `gitlab-page-formula` */
  readonly name: string
  readonly summary: string
  /** What a correct client does. */
  readonly correctClient: string
  readonly operations: readonly string[]
  /** How many tags the project must have for it to show; they are made. */
  readonly tags?: number
  rewrite(answer: AnswerDraft, query: URLSearchParams): AnswerDraft
}

export interface FaultDialect {
  /** The answer of this status that something else than the operation itself gives: the server, the proxy, a limiter. */
  answer(status: number, reply: FastifyReply, facts: FaultFacts): FaultAnswer
  /** What a token gets that is not good any more. */
  refuseCredential(reply: FastifyReply): FaultAnswer
  /** The headers that tell how much of a rate limit is left; none where the vendor does not tell. */
  rateHeaders(rate: RateState): Readonly<Record<string, string>>
  /** From headers and URL; the body has not been read. */
  credentialOf(request: FastifyRequest): Credential | null
  readonly tags: TagStage
  readonly scenarios: readonly VendorScenario[]
}
