import type { Wire, WireReply } from '../wire.ts'

/** A tag as one vendor shows it, as far as that vendor says. */
export interface SeenTag {
  readonly name: string
  readonly commit: string
  readonly annotated?: boolean
  /** The message without newlines at its end; empty for a lightweight tag. */
  readonly text?: string
  /** What the ref holds. */
  readonly oid?: string
}

export type Outcome = 'done' | 'exists' | 'missing' | 'forbidden'
export type User = 'mia' | 'dee'

export interface NewTag {
  readonly name: string
  readonly commit: string
  /** Null for a lightweight tag, where the vendor has such. */
  readonly message: string | null
}

/** What tag work needs of a vendor's API. */
export interface Face {
  readonly vendor: string
  /** What a tag has that is made without a message. */
  readonly plainMessage: null | ''
  /** Whether rules come before the question whether the name is taken or missing; null where they do not count. */
  readonly rulesFirst: boolean | null
  create(wire: Wire, user: User, tag: NewTag): Promise<Outcome>
  /** Whether a developer may delete tags at all, before it is looked at anything else. */
  readonly developersRemove: boolean
  /** Null where the API has no such call. */
  readonly remove: ((wire: Wire, user: User, name: string) => Promise<Outcome>) | null
  /** Whether the API can be asked for a tag of this name alone. */
  canFind(name: string): boolean
  find(wire: Wire, name: string): Promise<SeenTag | null>
  /** All tags, page by page to the end. */
  list(wire: Wire, size: number): Promise<SeenTag[]>
}

export function strippedMessage(message: string | null): string {
  return (message ?? '').replace(/\n+$/, '')
}

/** What an answer to a write comes to, in any vendor's words. */
export function outcomeOf({ status, body }: WireReply): Outcome {
  const text = JSON.stringify(body)
  if (status < 300) return 'done'
  if (status === 403 || text.includes('not allowed to create this tag')) return 'forbidden'
  if (status === 404) return 'missing'
  if (/already exists|error\.field\.exists/.test(text)) return 'exists'
  throw new Error(`an answer that nobody expected: ${status} ${text}`)
}

/** The tag of an answer; null when there is none. */
export function tagOf<Body>({ status, body }: WireReply, see: (body: Body) => SeenTag): SeenTag | null {
  if (status === 404) return null
  if (status !== 200) throw new Error(`an answer that nobody expected: ${status} ${JSON.stringify(body)}`)
  return see(body as Body)
}
