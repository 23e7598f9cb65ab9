import type { VendorId } from '../options.ts'

/** Milliseconds, or a distribution of them; the same seed gives the same sequence. */
export type LatencyInput =
  | number
  | { readonly distribution: 'fixed'; readonly value: number }
  | {
      readonly distribution: 'uniform'
      readonly min: number
      readonly max: number
      readonly seed?: number
    }
  | {
      readonly distribution: 'normal'
      readonly mean: number
      readonly deviation: number
      readonly seed?: number
    }
  | { readonly distribution: 'exponential'; readonly mean: number; readonly seed?: number }

/** Which requests a rule is about, and how many of them; absent: that does not matter. */
export interface FaultTarget {
  readonly vendor?: VendorId
  /** `gitlab.createTag` */
  readonly operation?: string
  readonly method?: string
  /** `*` stands for any characters. */
  readonly path?: string
  readonly user?: string
  readonly token?: string
  /** How many matching requests are let through first. */
  readonly after?: number
  /** How many are hit then; `always` is the default. */
  readonly times?: number | 'always'
}

/** A rule: one effect, with or without latency. docs/control-plane.md says what each does. */
export interface FaultInput extends FaultTarget {
  /** Puts the rule into another world than the one that it is posted to. */
  readonly sandbox?: string
  /** 400 to 599. */
  readonly status?: number
  /** Seconds; goes with `status`. */
  readonly retryAfter?: number
  /** `after`: the request is carried out, and its answer gets lost. Goes with `status` and `reset`. */
  readonly when?: 'before' | 'after'
  readonly reset?: boolean
  /** Part of the body that goes out, 0 to 1; true: half of it. */
  readonly truncate?: number | true
  readonly malformed?: boolean
  /** `interval` in milliseconds. */
  readonly drip?: true | { readonly bytes?: number; readonly interval?: number; readonly endless?: boolean }
  /** Part of git's packfile that goes out, 0 to 1; true: half of it. */
  readonly cutPack?: number | true
  /** `window` in seconds. */
  readonly rateLimit?: { readonly limit: number; readonly window: number }
  readonly scenario?: string
  readonly latency?: LatencyInput
}

/** A rule at work. */
export interface PostedFault extends FaultInput {
  readonly id: string
  readonly after: number
  readonly times: number | 'always'
  /** How many requests it has matched, how many of these it has hit, and how many more it will. */
  readonly seen: number
  readonly hits: number
  readonly left: number | 'always'
}

/** Which project and which requests a scenario is about. */
export interface ScenarioInput extends Omit<FaultTarget, 'operation' | 'method'> {
  /** By path or id; absent: the first one. */
  readonly project?: string | number
}

export interface ScenarioFacts {
  readonly name: string
  /** What happens. */
  readonly summary: string
  /** What a correct client does. */
  readonly correctClient: string
  readonly vendors: readonly string[]
  readonly operations: readonly string[]
  readonly times: number | 'always'
}
