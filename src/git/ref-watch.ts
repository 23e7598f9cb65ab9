import type { RefChange } from './model.ts'

/** Takes down which refs change, for somebody who is preparing what depends on them. */
export class RefWatch {
  readonly #watches: Set<RefWatch>
  readonly #changes: RefChange[] = []

  /** `watches` are those that a repository tells of its changes. */
  constructor(watches: Set<RefWatch>) {
    this.#watches = watches
    watches.add(this)
  }

  /** All changes since the beginning. */
  get changes(): readonly RefChange[] {
    return this.#changes
  }

  note(changes: readonly RefChange[]): void {
    for (const change of changes) this.#changes.push(change)
  }

  end(): void {
    this.#watches.delete(this)
  }
}
