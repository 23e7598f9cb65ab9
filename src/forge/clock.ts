/** Time as the forge sees it, in epoch milliseconds; injected so that a world can be frozen, set and replayed. */
export interface Clock {
  now(): number
}

/** How a clock goes: it stands still at an instant, or so many milliseconds ahead of the system's. */
export interface ClockState {
  /** Epoch milliseconds. */
  readonly frozenAt: number | null
  readonly ahead: number
}

/** A clock that can be stopped and set; until then it is the system's. */
export class AdjustableClock implements Clock {
  #frozenAt: number | null
  /** Milliseconds ahead of the system's clock. */
  #ahead = 0

  /** `frozenAt` in epoch milliseconds: time stands still there. */
  constructor(frozenAt: number | null = null) {
    this.#frozenAt = frozenAt
  }

  static of({ frozenAt, ahead }: ClockState): AdjustableClock {
    const clock = new AdjustableClock(frozenAt)
    clock.#ahead = ahead
    return clock
  }

  get state(): ClockState {
    return { frozenAt: this.#frozenAt, ahead: this.#ahead }
  }

  now(): number {
    return this.#frozenAt ?? Date.now() + this.#ahead
  }

  get isFrozen(): boolean {
    return this.#frozenAt !== null
  }

  /** Stops time, at `instant` or where it is. */
  freeze(instant: number = this.now()): void {
    this.#frozenAt = instant
  }

  /** Makes it `instant`; a frozen clock stays frozen. */
  set(instant: number): void {
    if (this.#frozenAt === null) this.#ahead = instant - Date.now()
    else this.#frozenAt = instant
  }

  advance(milliseconds: number): void {
    this.set(this.now() + milliseconds)
  }

  /** Lets time run on from where it is. */
  resume(): void {
    const now = this.now()
    this.#frozenAt = null
    this.#ahead = now - Date.now()
  }

  /** Makes this clock go as another one does. */
  follow(other: AdjustableClock): void {
    this.#frozenAt = other.#frozenAt
    this.#ahead = other.#ahead
  }
}

/** A clock that stands still at `instant` (epoch milliseconds). */
export function frozenClock(instant: number): AdjustableClock {
  return new AdjustableClock(instant)
}
