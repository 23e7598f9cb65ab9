import type { VendorId } from '../options.ts'
import type { Caller, StoryAnswer, StoryRequest } from './wire.ts'

/** A tag as a vendor shows it, as far as it says. */
export interface SeenTag {
  readonly name: string
  /** The id of the commit that it leads to; null: it leads to none. */
  readonly commit: string | null
  /** The id that the ref holds: the tag object's, or the commit's. */
  readonly object?: string
  readonly isAnnotated?: boolean
  /** Without newlines at its end; empty for a light tag. */
  readonly message?: string
  /** What lists by date go by: when it was made, or the commit of a light one. ISO 8601. */
  readonly time?: string
}

export interface NewTag {
  readonly name: string
  /** The full id of a commit. */
  readonly target: string
  /** Null for a light tag. */
  readonly message: string | null
}

/** What a vendor is known to be unable to do through its API. */
export type Ability = 'light' | 'remove' | 'move' | 'search' | 'protect'

/** What may be refused, by what is wrong. */
export type Refusal = 'duplicate' | 'name' | 'target' | 'protected' | 'missing' | 'removeMissing'

/** An order that a vendor promises for its list. */
export interface Order {
  readonly name: string
  readonly query: Readonly<Record<string, string>>
  /** Negative when `a` must come before `b`, positive when after, 0 when the vendor promises nothing or does not say enough. */
  compare(a: SeenTag, b: SeenTag): number
}

/** A way to get through a list. */
export interface Paging {
  readonly name: string
  first(size: number, order: Order): StoryRequest
  /** What to ask next after this answer; null at the end. */
  next(asked: StoryRequest, answer: StoryAnswer): StoryRequest | null
  /** How many tags there are, where the answer says so. */
  total(answer: StoryAnswer): number | null
}

/**
 * How one vendor's API does what stories tell of, for one project. It sends nothing: it makes requests, without
 * credentials, and reads answers.
 */
export interface Driver {
  readonly vendor: VendorId
  /** Why something cannot be done, in words for a report; what is not named can be. */
  readonly cannot: Readonly<Partial<Record<Ability, string>>>
  readonly successes: Readonly<Record<'create' | 'get' | 'list' | 'remove' | 'move', number>>
  /** The statuses that a refusal may have. */
  readonly refusals: Readonly<Record<Refusal, readonly number[]>>
  signIn(caller: Caller): Readonly<Record<string, string>>
  create(tag: NewTag): StoryRequest
  get(name: string): StoryRequest
  /** Why a tag of this name cannot be asked for although it may be there; null: it can. */
  cannotGet(name: string): string | null
  remove(name: string): StoryRequest
  /** Makes an existing tag point elsewhere. */
  move(tag: NewTag): StoryRequest
  search(text: string): StoryRequest
  /** Why the vendor refuses a name that git accepts; null: it takes it. */
  refusesName(name: string): string | null
  /** The tag of a successful create, get or move. */
  readTag(answer: StoryAnswer): SeenTag
  readPage(answer: StoryAnswer): readonly SeenTag[]
  /** At least one; the first is what a client would take without thinking. */
  readonly pagings: readonly [Paging, ...Paging[]]
  readonly orders: readonly [Order, ...Order[]]
}

/** Where a driver works. */
export interface DriverOptions {
  /** The project as this vendor addresses it: `acme/widgets`, a number, `PROJ/slug`. */
  readonly project: string
  /** Statuses of refusals that differ here, by a version or a setting of the server. */
  readonly refusals?: Partial<Driver['refusals']>
  /** Why this server shows no single tag, as some versions do not; tags are then looked for in the list. */
  readonly withoutLookups?: string
}
