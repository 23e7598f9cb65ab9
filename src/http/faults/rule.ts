import type { Latency } from './latency.ts'
import type { Scenario } from './scenario.ts'

/** Which requests a rule is about; absent: that does not matter. */
export interface FaultMatch {
  readonly vendor?: string
  readonly operation?: string
  readonly method?: string
  /** The path as it is sent, without the base path of the sandbox; `*` stands for any characters. */
  readonly path?: string
  readonly user?: string
  readonly token?: string
}

/** Before: the request is not carried out. After: it is, and its answer gets lost. */
export type Moment = 'before' | 'after'

export type FaultEffect =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'status'
      readonly status: number
      readonly retryAfter: number | null
      readonly when: Moment
    }
  | { readonly kind: 'reset'; readonly when: Moment }
  /** Part of the body that goes out before the connection ends, 0 to 1. */
  | { readonly kind: 'truncate'; readonly part: number }
  | {
      readonly kind: 'drip'
      readonly bytes: number
      /** Milliseconds. */
      readonly interval: number
      readonly endless: boolean
    }
  | { readonly kind: 'malformed' }
  /** Part of the packfile that is left of it, 0 to 1. */
  | { readonly kind: 'cut-pack'; readonly part: number }
  /** `window` in seconds, on the clock of the sandbox. */
  | { readonly kind: 'rate-limit'; readonly limit: number; readonly window: number }
  | { readonly kind: 'scenario'; readonly scenario: Scenario }

export interface FaultRule {
  readonly match: FaultMatch
  /** How many matching requests are let through first. */
  readonly after: number
  /** How many are hit then; null for all. */
  readonly times: number | null
  readonly latency: Latency | null
  readonly effect: FaultEffect
  /** The rule as it was posted, to be shown. */
  readonly given: Readonly<Record<string, unknown>>
}
