import type { Finding, FindingKind } from '../http/findings/finding.ts'
import type { Entry } from '../http/journal/entry.ts'
import type { Attempt, DeliveryState } from '../http/webhooks/attempt.ts'
import type { FaultInput, PostedFault, ScenarioFacts, ScenarioInput } from './fault-input.ts'

export interface ClockReading {
  /** ISO 8601. */
  readonly now: string
  readonly frozen: boolean
}

/** The time in a world. Everything answers what the clock says afterwards. */
export interface ClockControl {
  get(): Promise<ClockReading>
  /** Makes it `now`; a frozen clock stays frozen. */
  set(now: string | Date): Promise<ClockReading>
  /** Stops time, where it is or at an instant. */
  freeze(at?: string | Date): Promise<ClockReading>
  /** Lets time run on from where it is. */
  resume(): Promise<ClockReading>
  /** Moves it on by so many seconds; negative ones move it back. */
  advance(seconds: number): Promise<ClockReading>
}

/** Which requests are meant; absent: that does not matter. What is unknown is refused, so that a slip is no "never". */
export interface JournalFilter {
  readonly vendor?: string
  /** `gitlab.createTag` */
  readonly operation?: string
  readonly method?: string
  /** Part of the path. */
  readonly path?: string
  /** `404`, or a class: `4xx`. */
  readonly status?: number | string
  readonly user?: string
  /** Only what came after the request with this number. */
  readonly since?: number
  /** At most so many: the latest ones, or with `since` the first ones. `list` gives 100 unless told. */
  readonly limit?: number
}

export interface FindingFilter extends JournalFilter {
  readonly kind?: FindingKind
}

export interface FollowOptions extends JournalFilter {
  /** Ends the stream; so does leaving the loop. */
  readonly signal?: AbortSignal
}

/** The requests that a world has seen, without credentials. Throws ControlPlaneError (`no-journal`) when none is kept. */
export interface JournalControl {
  /** Oldest first. */
  list(filter?: JournalFilter): Promise<Entry[]>
  get(number: number): Promise<Entry>
  count(filter?: JournalFilter): Promise<number>
  /** The number of the latest request, for `since`; 0 before the first one. */
  last(): Promise<number>
  /** Forgets all; counting goes on. */
  clear(): Promise<void>
  /**
   * Requests as they end, from when the loop begins; with `since`, which misses nothing, from after that one. The stream
   * ends with `limit`, with the signal, and with the server.
   */
  follow(options?: FollowOptions): AsyncIterable<Entry>
  /**
   * What clients do wrong although their vendors let it pass, by the numbers of the requests; without `limit` all of it. Throws
   * ControlPlaneError (`not-strict`) unless the server was started with `strict`.
   */
  findings(filter?: FindingFilter): Promise<Finding[]>
  /** An HTTP archive (HAR 1.2). */
  har(filter?: JournalFilter): Promise<object>
}

/** What is to go wrong in a world. */
export interface FaultControl {
  /** Posts a rule. */
  add(rule: FaultInput): Promise<PostedFault>
  /** Posts several; all are taken or none. */
  addAll(rules: readonly FaultInput[]): Promise<PostedFault[]>
  list(): Promise<PostedFault[]>
  remove(id: string): Promise<void>
  clear(): Promise<void>
  /** Makes a rule of a scenario. */
  scenario(name: string, input?: ScenarioInput): Promise<PostedFault>
  scenarios(): Promise<ScenarioFacts[]>
}

export interface DeliveryFilter {
  /** Path of a project. */
  readonly project?: string
  /** Id of a webhook. */
  readonly webhook?: number
  readonly state?: DeliveryState
}

export interface SettledOptions extends DeliveryFilter {
  /** Seconds to wait at most, 30 unless told. */
  readonly timeout?: number
}

/** One request to one webhook, with everything that has become of it. */
export interface ShownDelivery {
  readonly id: number
  readonly webhook: number | null
  readonly project: string
  readonly vendor: string
  readonly event: string
  readonly state: DeliveryState
  readonly request: {
    readonly method: 'POST'
    readonly url: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
  }
  readonly attempts: readonly Attempt[]
}

/** The deliveries of a world's webhooks. */
export interface WebhookControl {
  list(filter?: DeliveryFilter): Promise<ShownDelivery[]>
  /** The same once nothing is in flight. `settled` is false when the time was up before that. */
  settled(options?: SettledOptions): Promise<{ settled: boolean; deliveries: ShownDelivery[] }>
  get(id: number): Promise<ShownDelivery>
  /** Sends a delivery again, byte for byte. */
  redeliver(id: number): Promise<ShownDelivery>
  /** Empties the log and drops what is in flight. */
  clear(): Promise<void>
}
