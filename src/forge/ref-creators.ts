import type { RefChange, User } from './model.ts'

/** Larger sets of changes are taken in over a while, so many at a time. */
const FEW = 2000

interface Batch {
  readonly changes: readonly RefChange[]
  readonly actor: User | null
}

/** Who made which refs appear, by their full names. */
export class RefCreators {
  readonly #known = new Map<string, User>()
  /** What has not been taken in yet, oldest first. */
  #waiting: Batch[] = []
  /** How much of the oldest has been. */
  #taken = 0

  /** Takes down what somebody moved. A hundred thousand refs cost no more here than one. */
  note(changes: readonly RefChange[], actor: User | null): void {
    this.#waiting.push({ changes, actor })
    if (this.#waiting.length === 1) this.#takeSome()
  }

  get(ref: string): User | undefined {
    if (this.#waiting.length > 0) this.#takeAll()
    return this.#known.get(ref)
  }

  /** All of them as they are now. */
  get all(): ReadonlyMap<string, User> {
    this.#takeAll()
    return this.#known
  }

  replace(creators: ReadonlyMap<string, User>): void {
    this.#waiting = []
    this.#taken = 0
    this.#known.clear()
    for (const [ref, user] of creators) this.#known.set(ref, user)
  }

  #takeSome(): void {
    this.#take(FEW)
    if (this.#waiting.length > 0) setImmediate(() => this.#takeSome())
  }

  #takeAll(): void {
    while (this.#waiting.length > 0) this.#take(Number.POSITIVE_INFINITY)
  }

  #take(limit: number): void {
    const batch = this.#waiting[0]
    if (!batch) return
    const { changes, actor } = batch
    const to = Math.min(changes.length, this.#taken + limit)
    for (let at = this.#taken; at < to; at += 1) {
      const { ref, before, after } = changes[at]!
      if (after === null) this.#known.delete(ref)
      else if (before === null && actor) this.#known.set(ref, actor)
    }
    this.#taken = to
    if (to < changes.length) return
    this.#waiting.shift()
    this.#taken = 0
  }
}
