/** What came back, or what kept it from coming back. */
export interface Attempt {
  /** ISO 8601, real time. */
  readonly at: string
  /** Milliseconds. */
  readonly duration: number
  readonly answer: Answer | null
  readonly error: string | null
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[]>>
  /** As UTF-8 text. */
  readonly body: string
  /** Whether more came than was kept. */
  readonly truncated: boolean
}

/**
 * `waiting` for its turn or for another try, `sending`, `delivered` (the answer was 2xx), `failed`, or `refused` by our own
 * rules before anything was sent.
 */
export type DeliveryState = 'waiting' | 'sending' | 'delivered' | 'failed' | 'refused'
