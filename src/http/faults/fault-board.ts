import type { VendorId } from '../../options.ts'
import type { RateState } from '../../vendors/fault-dialect.ts'
import { drawLatencies } from './latency.ts'
import { RateLimit } from './rate-limit.ts'
import type { FaultEffect, FaultMatch, FaultRule } from './rule.ts'

/** A request as far as rules look at it. */
export interface Call {
  readonly vendor: VendorId | null
  readonly operation: string | null
  readonly method: string
  readonly path: string
  /** What it authenticates with, and whose that is; null for nothing, and for nobody. */
  readonly token: string | null
  readonly user: string | null
  readonly query: URLSearchParams
  /** Epoch milliseconds of the sandbox. */
  readonly now: number
}

/** A rule at work. */
export interface PostedRule {
  readonly id: string
  readonly rule: FaultRule
  /** How many requests it has matched, and how many of these it has hit. */
  readonly seen: number
  readonly hits: number
}

/** What is to happen to one request. */
export interface FiredFault {
  /** The ids of the rules that have a hand in it. */
  readonly id: string
  /** Milliseconds. */
  readonly latency: number
  readonly effect: FaultEffect
  /** Of the rate limit that applies: its effect when it is used up, else only to be told. */
  readonly rate: RateState | null
  /** Takes the hit back, when it turns out that there was nothing to be hit. */
  release(): void
}

interface Entry {
  readonly id: string
  readonly rule: FaultRule
  readonly draw: (() => number) | null
  readonly limit: RateLimit | null
  readonly path: RegExp | null
  seen: number
  hits: number
}

/** The fault rules of one sandbox, in the order in which they were posted. */
export class FaultBoard {
  readonly #entries: Entry[] = []
  #lastId = 0

  get isEmpty(): boolean {
    return this.#entries.length === 0
  }

  get rules(): readonly PostedRule[] {
    return this.#entries
  }

  post(rule: FaultRule): PostedRule {
    const { effect, latency, match } = rule
    const entry: Entry = {
      id: String(++this.#lastId),
      rule,
      draw: latency === null ? null : drawLatencies(latency),
      limit: effect.kind === 'rate-limit' ? new RateLimit(effect.limit, effect.window) : null,
      path: match.path === undefined ? null : patternOf(match.path),
      seen: 0,
      hits: 0,
    }
    this.#entries.push(entry)
    return entry
  }

  /** Answers whether it was there. */
  remove(id: string): boolean {
    const place = this.#entries.findIndex((entry) => entry.id === id)
    if (place >= 0) this.#entries.splice(place, 1)
    return place >= 0
  }

  clear(): void {
    this.#entries.length = 0
  }

  /**
   * What is to happen to a request; null for nothing. Rules are asked in their order and count what they match; latencies
   * add up, and the first other effect is the last that is asked. Rate limits let a request pass on while it is within them.
   */
  take(call: Call): FiredFault | null {
    const ids: string[] = []
    let latency = 0
    let rate: RateState | null = null
    for (const entry of this.#entries) {
      if (!matches(entry, call)) continue
      const { rule, limit } = entry
      entry.seen++
      if (entry.seen <= rule.after || (rule.times !== null && entry.hits >= rule.times)) continue
      if (limit) {
        rate = limit.count(call.token ?? call.user ?? '', call.now)
        if (rate.observed <= rate.limit) continue
      }
      entry.hits++
      ids.push(entry.id)
      latency += entry.draw?.() ?? 0
      if (rule.effect.kind === 'none') continue
      const release = () => void entry.hits--
      return { id: ids.join(','), latency, effect: rule.effect, rate, release }
    }
    if (ids.length === 0 && rate === null) return null
    return { id: ids.join(','), latency, effect: { kind: 'none' }, rate, release: () => {} }
  }
}

function matches({ rule, path }: Entry, call: Call): boolean {
  const { match, effect } = rule
  if (path !== null && !path.test(call.path)) return false
  const names = ['vendor', 'operation', 'method', 'user', 'token'] as const satisfies (keyof FaultMatch)[]
  if (names.some((name) => match[name] !== undefined && match[name] !== call[name])) return false
  if (effect.kind === 'cut-pack') return call.operation === 'git.uploadPack'
  return effect.kind !== 'scenario' || effect.scenario.concerns(call)
}

/** `*` for any characters. */
function patternOf(path: string): RegExp {
  const source = path
    .split('*')
    .map((part) => part.replace(/[\\^$.+?()[\]{}|/-]/g, '\\$&'))
    .join('.*')
  return new RegExp(`^${source}$`, 's')
}
