/** A request and the answer to it, as data: what golden files hold, what `fakeforge record` writes and `compare` reads. */
import type { VendorId } from '../options.ts'
import type { Evidence } from '../vendors/evidence.ts'

/** Values by header name; several of one name as a list. */
export type ExchangeHeaders = Readonly<Record<string, string | readonly string[]>>

export interface ExchangeRequest {
  readonly method: string
  /** Below the server's origin, query included: `/api/v4/projects/1/repository/tags?per_page=2`. */
  readonly path: string
  readonly headers?: ExchangeHeaders
  /** A JSON value, or a text for everything else. */
  readonly body?: unknown
}

export interface ExchangeAnswer {
  readonly status: number
  /** Only those that matter. */
  readonly headers?: ExchangeHeaders
  /** A JSON value, or a text for everything else; empty text for no body. Absent: nothing is said about it. */
  readonly body?: unknown
}

export interface Exchange {
  /** A rule in the present tense, or the request's method and path. */
  readonly name: string
  readonly request: ExchangeRequest
  readonly answer: ExchangeAnswer
}

/** A file of exchanges, which belong to one session: what is an id in one of them may stand in the next. */
export interface ExchangeFile {
  readonly vendor: VendorId
  readonly profile?: string
  readonly evidence: Evidence
  /** A fixture as the server takes it; absent: the demo world. */
  readonly world?: object
  /** ISO 8601 instant at which the server's time stands still. */
  readonly clock?: string
  /** What absolute links in the answers begin with, where that was a server's address. */
  readonly origin?: string
  /** Whether the answers have all their headers, and not only those that matter. */
  readonly complete?: boolean
  readonly exchanges: readonly Exchange[]
}
