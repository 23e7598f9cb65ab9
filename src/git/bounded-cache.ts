interface Held<Value> {
  readonly value: Value
  readonly weight: number
  /** Asked for since it was last considered for dropping. */
  used: boolean
}

/**
 * A cache that forgets the oldest of what is not being asked for, once the weight of all it holds exceeds the limit. Whatever
 * was used in the meantime is spared once: nearly as good as the exact order of use, and reading changes no order.
 */
export class BoundedCache<Key, Value> {
  readonly #held = new Map<Key, Held<Value>>()
  readonly #limit: number
  #weight = 0

  /** `limit` is in whatever unit the weights are, usually bytes. */
  constructor(limit: number) {
    this.#limit = limit
  }

  get(key: Key): Value | undefined {
    const held = this.#held.get(key)
    if (held === undefined) return undefined
    held.used = true
    return held.value
  }

  set(key: Key, value: Value, weight: number): void {
    this.#drop(key)
    if (weight > this.#limit) return
    this.#held.set(key, { value, weight, used: false })
    this.#weight += weight
    // A Map iterates in order of insertion, and comes to what is put in again meanwhile at the end.
    for (const [oldest, held] of this.#held) {
      if (this.#weight <= this.#limit) return
      this.#drop(oldest)
      if (held.used) this.#spare(oldest, held)
    }
  }

  #spare(key: Key, held: Held<Value>): void {
    held.used = false
    this.#held.set(key, held)
    this.#weight += held.weight
  }

  #drop(key: Key): void {
    const held = this.#held.get(key)
    if (held === undefined) return
    this.#held.delete(key)
    this.#weight -= held.weight
  }
}
