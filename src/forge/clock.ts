/** Time as the forge sees it, in epoch milliseconds; injected so that a world can be frozen, set and replayed. */
export interface Clock {
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

/** A clock that stands still at `instant` (epoch milliseconds). */
export function frozenClock(instant: number): Clock {
  return { now: () => instant }
}
