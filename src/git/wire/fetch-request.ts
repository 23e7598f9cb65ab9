/**
 * What a client asks for in a fetch. Both protocols use the same lines for it, though in another order and packaging; those
 * that no line of the other protocol would be mistaken for are read alike.
 */
import type { Oid } from '../model.ts'
import { isOid } from '../object-id.ts'
import type { Repository } from '../repository.ts'
import { KEEP_ALL, type ObjectFilter, parseFilter } from './object-filter.ts'
import type { DeepenRequest } from './shallow-history.ts'
import { WireError } from './wire-error.ts'

export class FetchRequest {
  /** All of them in the repository. */
  readonly wants = new Set<Oid>()
  /** Refs that are wanted by name, with what they hold. */
  readonly wantedRefs = new Map<string, Oid>()
  /** Commits where the client's history ends, as far as they are in the repository. */
  readonly shallow = new Set<Oid>()
  filter: ObjectFilter = KEEP_ALL
  readonly #repository: Repository
  #depth: number | null = null
  #isRelative = false
  #since: number | null = null
  readonly #not: Oid[] = []

  constructor(repository: Repository) {
    this.#repository = repository
  }

  /** What is asked about the length of the history; null when that stays as it is. */
  get deepen(): DeepenRequest | null {
    const hasRule = this.#since !== null || this.#not.length > 0
    if (this.#depth !== null && hasRule) {
      throw new WireError('deepen and deepen-since (or deepen-not) cannot be used together')
    }
    if (this.#depth === null && !hasRule) return null
    return { depth: this.#depth, isRelative: this.#isRelative, since: this.#since, not: this.#not }
  }

  countFromShallow(): void {
    this.#isRelative = true
  }

  want(text: string): void {
    const oid = parseOid(text, 'want')
    if (!this.#repository.objects.has(oid)) throw new WireError(`upload-pack: not our ref ${oid}`)
    this.wants.add(oid)
  }

  wantRef(name: string): void {
    const oid = this.#repository.ref(name)
    if (oid === undefined) throw new WireError(`unknown ref ${name}`)
    this.wantedRefs.set(name, oid)
    this.wants.add(oid)
  }

  /** Takes a line about the history or the filter. Answers false when it is about something else. */
  take(line: string): boolean {
    const space = line.indexOf(' ')
    const value = line.slice(space + 1)
    switch (line.slice(0, Math.max(space, 0))) {
      case 'shallow':
        this.#takeShallow(value)
        return true
      case 'deepen':
        this.#depth = parseDepth(value)
        return true
      case 'deepen-since':
        this.#since = parseSince(value)
        return true
      case 'deepen-not':
        this.#not.push(findDeepenNot(this.#repository, value))
        return true
      case 'filter':
        this.filter = parseFilter(value)
        return true
      default:
        return false
    }
  }

  /** Commits that the repository does not have lie outside of everything that could be sent. */
  #takeShallow(value: string): void {
    const oid = parseOid(value, 'shallow')
    const type = this.#repository.objects.typeOf(oid)
    if (type === undefined) return
    if (type !== 'commit') throw new WireError(`invalid shallow object ${oid}`)
    this.shallow.add(oid)
  }
}

/** Throws WireError when the text is no object id. */
export function parseOid(text: string, word: string): Oid {
  if (!isOid(text))
    throw new WireError(`git upload-pack: protocol error, expected to get oid, not '${word} ${text}'`)
  return text
}

function parseDepth(text: string): number {
  const depth = /^\d{1,10}$/.test(text) ? Number(text) : 0
  if (depth <= 0) throw new WireError(`Invalid deepen: ${text}`)
  return depth
}

function parseSince(text: string): number {
  const since = /^\d{1,15}$/.test(text) ? Number(text) : 0
  if (since <= 0) throw new WireError(`Invalid deepen-since: ${text}`)
  return since
}

/** The commit of a ref, given by full or short name. */
function findDeepenNot(repository: Repository, name: string): Oid {
  for (const folder of ['', 'refs/', 'refs/tags/', 'refs/heads/', 'refs/remotes/']) {
    const oid = repository.ref(folder + name)
    if (oid === undefined) continue
    const peeled = repository.objects.peel(oid)
    if (peeled.type === 'commit') return peeled.oid
  }
  throw new WireError(`git upload-pack: deepen-not is not a ref: ${name}`)
}
