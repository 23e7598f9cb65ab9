import type { Oid } from '../model.ts'
import { foldersOf, placeOf } from '../ref-place.ts'
import type { Repository } from '../repository.ts'

/** What one command asks of a ref. */
interface Wish {
  readonly ref: string
  readonly after: Oid | null
}

/**
 * Finds directory/file clashes (`v1` beside `v1/x`) between the refs that there are and those that a push wants to create,
 * in time that does not depend on how many these are. A ref that the same push deletes is in nobody's way.
 */
export class RefClashes {
  readonly #repository: Repository
  readonly #deleted: ReadonlySet<string>
  readonly #created = new Set<string>()
  /** What the created refs are below of. */
  readonly #folders = new Set<string>()

  constructor(repository: Repository, wishes: readonly Wish[]) {
    this.#repository = repository
    this.#deleted = new Set(wishes.filter(({ after }) => after === null).map(({ ref }) => ref))
  }

  /** The full name of a ref that this one cannot exist beside; without any, the ref counts as created from now on. */
  create(ref: string): string | null {
    const clash = this.#findClash(ref)
    if (clash !== null) return clash
    this.#created.add(ref)
    for (const folder of foldersOf(ref)) this.#folders.add(folder)
    return null
  }

  #findClash(ref: string): string | null {
    const { kind, name } = placeOf(ref)
    const prefix = ref.slice(0, ref.length - name.length)
    const held = this.#repository[kind].conflict(name, (other) => this.#deleted.has(prefix + other))
    if (held !== undefined) return prefix + held
    const above = foldersOf(ref).find((folder) => this.#created.has(folder))
    if (above !== undefined) return above
    if (!this.#folders.has(ref)) return null
    return [...this.#created].find((other) => other.startsWith(`${ref}/`)) ?? null
  }
}
