/** HTTP as stories see it: nothing of a socket, so that a server may be in this process or anywhere. */
import type { Exchange, ExchangeAnswer, ExchangeRequest } from '../exchange/exchange.ts'

/** Names in lower case. */
export type StoryHeaders = Readonly<Record<string, string>>

/** `path` is below the server's address. */
export interface StoryRequest extends ExchangeRequest {
  readonly headers: StoryHeaders
}

export interface StoryAnswer extends ExchangeAnswer {
  readonly headers: StoryHeaders
  /** What JSON says where it is JSON, else the text, which is empty when there is none. */
  readonly body: unknown
}

/** Sends a request to whatever is tried. Rejects when no answer came. */
export type Send = (request: StoryRequest) => Promise<StoryAnswer>

/** Who a request is sent for: a token, or a user with a password. */
export interface Caller {
  readonly token?: string
  readonly username?: string
  readonly password?: string
}

/** An exchange of a run, and where it belongs. In place of credentials it has `{token:writer}` and the like. */
export interface StoryExchange extends Exchange {
  readonly story: string
  readonly step: string
  readonly request: StoryRequest
  readonly answer: StoryAnswer
}
