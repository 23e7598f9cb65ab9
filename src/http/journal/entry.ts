import type { Finding } from '../findings/finding.ts'

/** Header values by lower-case names; several of one name as a list. */
export type Headers = Readonly<Record<string, string | readonly string[]>>

/** A body as it is shown. */
export interface ShownBody {
  /** Null when the body is not text, or was not looked at: packs of git above all. */
  readonly text: string | null
  /** Bytes on the wire; null when nobody counted them. */
  readonly size: number | null
  /** Whether `text` is only the beginning. */
  readonly cut: boolean
}

/** A request of the journal as it is shown: without credentials. */
export interface Entry {
  readonly number: number
  /** ISO 8601: real time, and the time in the sandbox. */
  readonly time: string
  readonly sandboxTime: string
  readonly sandbox: string | null
  readonly vendor: string | null
  readonly operation: string | null
  readonly user: string | null
  readonly method: string
  /** As it was sent: percent-escapes and all. */
  readonly path: string
  /** As it was sent, without the question mark. */
  readonly query: string
  readonly httpVersion: string
  readonly request: { readonly headers: Headers; readonly body: ShownBody }
  readonly status: number | null
  readonly answer: { readonly headers: Headers; readonly body: ShownBody }
  /** Whether the connection ended before the whole answer was out. */
  readonly cutOff: boolean
  /** Milliseconds. */
  readonly duration: number
  /** What the client sent and nothing read. */
  readonly unread: readonly string[]
  /** For a 4xx: the rule that refused the request. */
  readonly refusal: string | null
  /** The id of the fault rule that had a hand in it. */
  readonly fault: string | null
  /** What the client did wrong there; only of a server that judges its clients (strict), and not while following. */
  readonly findings?: readonly Mark[]
}

/** What is found about a request, see findings/finding.ts. */
export type Mark = Pick<Finding, 'kind' | 'wrong' | 'right'>
