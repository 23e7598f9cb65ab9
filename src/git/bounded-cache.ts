interface Held<Key, Value> {
  readonly key: Key
  readonly value: Value
  readonly weight: number
  /** Asked for since it was last considered for dropping. */
  used: boolean
  /** Another value has taken its place. */
  replaced: boolean
}

/** So many places in the queue may be empty, or as many as are not, before it is closed up. */
const MOST_EMPTY = 1024

/**
 * A cache that forgets the oldest of what is not being asked for, once the weight of all it holds exceeds the limit. Whatever
 * was used in the meantime is spared once: nearly as good as the exact order of use, and reading changes no order.
 */
export class BoundedCache<Key, Value> {
  readonly #held = new Map<Key, Held<Key, Value>>()
  /**
   * Oldest first, from `#head` on. The Map has the same order, but to find the oldest in it all places have to be passed that
   * were freed since it was last rebuilt, which may be thousands.
   */
  #queue: (Held<Key, Value> | undefined)[] = []
  #head = 0
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
    this.#forget(key)
    if (weight > this.#limit) return
    const held = { key, value, weight, used: false, replaced: false }
    this.#held.set(key, held)
    this.#queue.push(held)
    this.#weight += weight
    while (this.#weight > this.#limit) this.#dropOldest()
    if (this.#queue.length > 2 * this.#held.size + MOST_EMPTY) this.#closeUp()
  }

  #dropOldest(): void {
    const oldest = this.#queue[this.#head]
    this.#queue[this.#head] = undefined
    this.#head += 1
    if (oldest === undefined || oldest.replaced) return
    if (oldest.used) this.#queue.push(oldest)
    else this.#forget(oldest.key)
    oldest.used = false
  }

  #closeUp(): void {
    this.#queue = this.#queue.filter((held) => held !== undefined && !held.replaced)
    this.#head = 0
  }

  #forget(key: Key): void {
    const held = this.#held.get(key)
    if (held === undefined) return
    held.replaced = true
    this.#held.delete(key)
    this.#weight -= held.weight
  }
}
