/** Recorded requests and answers, whatever they were recorded by. */
import type { ExchangeFile } from './exchange.ts'

/** A session of one vendor's, and where it was read. */
export interface Session extends ExchangeFile {
  readonly source: string
}

/** What was recorded and says nothing about a vendor, or too little to be compared. */
export interface LeftOut {
  readonly source: string
  /** `GET /favicon.ico` */
  readonly name: string
  readonly reason: string
}

export interface Traffic {
  readonly sessions: readonly Session[]
  readonly leftOut: readonly LeftOut[]
}

/** A request and its answer as recorders write them down. */
export interface RecordedExchange {
  readonly method: string
  /** Origin of the server, base path of a sandbox included. */
  readonly origin: string
  readonly path: string
  readonly requestHeaders: Readonly<Record<string, string | readonly string[]>>
  /** Null when it was not kept, or not as a whole. */
  readonly requestBody: string | null
  /** Null for a connection that ended without an answer. */
  readonly status: number | null
  readonly answerHeaders: Readonly<Record<string, string | readonly string[]>>
  readonly answerBody: string | null
}
