interface Held<Value> {
  readonly value: Value
  readonly weight: number
}

/** A cache that forgets what was not asked for the longest, once the weight of all it holds exceeds the limit. */
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
    // A Map keeps insertion order, so putting an entry in again makes it the youngest.
    this.#held.delete(key)
    this.#held.set(key, held)
    return held.value
  }

  set(key: Key, value: Value, weight: number): void {
    this.#drop(key)
    if (weight > this.#limit) return
    this.#held.set(key, { value, weight })
    this.#weight += weight
    for (const oldest of this.#held.keys()) {
      if (this.#weight <= this.#limit) return
      this.#drop(oldest)
    }
  }

  #drop(key: Key): void {
    const held = this.#held.get(key)
    if (held === undefined) return
    this.#held.delete(key)
    this.#weight -= held.weight
  }
}
