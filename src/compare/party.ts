import type { Send } from '../exchange/send.ts'
import type { Credential } from './credentials.ts'

/** One of the servers that are compared. */
export interface Party {
  /** What its absolute links begin with. */
  readonly url: string
  readonly send: Send
  readonly credential: Credential
}

export interface FakeParty extends Party {
  /** Names of the operations that it was asked for, in the order of the requests; null for what is none. */
  operations(): Promise<readonly (string | null)[]>
  close(): Promise<void>
}
