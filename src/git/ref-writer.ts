import type { RefChange } from './model.ts'
import type { ObjectStore } from './object-store.ts'
import { PreparedUpdate } from './prepared-update.ts'
import { placeOf } from './ref-place.ts'
import { planUpdates, type RefUpdate } from './ref-update.ts'
import { RefWatch } from './ref-watch.ts'
import type { Repository } from './repository.ts'
import { finish, type Steps } from './steps.ts'

/** How the refs of a repository are written: the one way in which its tables change. */
export class RefWriter {
  readonly #repository: Repository
  /** Made on first need, like the other: there are thousands of forks, few of which are pushed to. */
  #watches: Set<RefWatch> | null = null
  #prepared: WeakMap<readonly RefUpdate[], PreparedUpdate> | null = null

  constructor(repository: Repository) {
    this.#repository = repository
  }

  /** As Repository.update. */
  update(updates: readonly RefUpdate[]): readonly RefChange[] {
    const changes = this.#prepared?.get(updates)?.publish(this.#repository) ?? this.#write(updates)
    if (this.#watches) for (const watch of this.#watches) watch.note(changes)
    return changes
  }

  /**
   * Does nearly all of the work of an update of many refs beforehand, a step at a time: `update`, called with the same list, is
   * then a matter of a moment. Other updates may come in between; if they have to do with this one, it is done anew.
   * Throws as `update` does.
   */
  *prepare(updates: readonly RefUpdate[], objects: ObjectStore): Steps<PreparedUpdate> {
    const prepared = new PreparedUpdate(this.#repository, objects)
    try {
      yield* prepared.prepare(updates)
    } catch (error) {
      prepared.end()
      throw error
    }
    this.#prepared ??= new WeakMap()
    this.#prepared.set(updates, prepared)
    return prepared
  }

  /** Takes down the changes of refs from now on, until it is told to end. */
  watch(): RefWatch {
    this.#watches ??= new Set()
    return new RefWatch(this.#watches)
  }

  #write(updates: readonly RefUpdate[]): RefChange[] {
    const changes = finish(planUpdates(this.#repository, updates, this.#repository.objects))
    for (const { ref, after } of changes) {
      const { kind, name } = placeOf(ref)
      if (after === null) this.#repository[kind].delete(name)
      else this.#repository[kind].set(name, after)
    }
    return changes
  }
}
