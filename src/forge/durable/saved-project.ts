import { holdRefs, type Refs } from '../../git/disk-store/bare-repository.ts'
import type { Oid, RefChange } from '../model.ts'
import type { Project } from '../project.ts'
import { describeRules } from '../state/write.ts'
import type { ProjectChange } from './change.ts'
import { compareLists } from './list-change.ts'

/** All that may change of a project but its refs. Values are replaced, never mutated, so they can be compared by identity. */
type Facts = Pick<
  Project,
  'tagRules' | 'releases' | 'webhooks' | 'pullRequests' | 'vendorState' | 'lastActivityAt'
> & { readonly head: string | null }

/** What was known to be saved before a write that is under way. */
interface Flight {
  readonly facts: Facts
  readonly befores: ReadonlyMap<string, Oid | null>
  readonly creators: ReadonlyMap<string, string | undefined>
}

/** What has to be written of a project. */
export interface ProjectWrite {
  readonly saved: SavedProject
  readonly change: ProjectChange
  /** Objects that refs were moved to. */
  readonly starts: readonly Oid[]
  /** All refs as they were captured; null when none moved. */
  readonly refs: Refs | null
}

/** How a project is on the disk, to tell what is new of it and to go back there. Made before it is first changed. */
export class SavedProject {
  readonly project: Project
  #facts: Facts
  readonly #creators: Map<string, string>
  /** The refs that have moved, with what they held. */
  #befores = new Map<string, Oid | null>()
  #starts: Oid[] = []
  #flight: Flight | null = null
  readonly #isOld: (oid: Oid) => boolean
  readonly #added = new Set<Oid>()

  /** `before`: what is known of an earlier copy, when this one may have objects that are on no disk. */
  constructor(project: Project, before?: SavedProject) {
    this.project = project
    this.#facts = factsOf(project)
    this.#creators = new Map([...project.refCreators].map(([ref, { username }]) => [ref, username]))
    const objects = project.hasRepository ? project.repository.objects.fork() : null
    this.#isOld = before ? (oid) => before.isKept(oid) : (oid) => objects?.has(oid) ?? false
  }

  /** Whether an object is on the disk. */
  isKept(oid: Oid): boolean {
    return this.#added.has(oid) || this.#isOld(oid)
  }

  keep(oids: Iterable<Oid>): void {
    for (const oid of oids) this.#added.add(oid)
  }

  /** To be told of every move. */
  note(changes: readonly RefChange[]): void {
    for (const { ref, before, after } of changes) {
      if (!this.#befores.has(ref)) this.#befores.set(ref, before)
      if (after !== null) this.#starts.push(after)
    }
  }

  get hasMoved(): boolean {
    return this.#befores.size > 0
  }

  get isChanged(): boolean {
    if (this.hasMoved) return true
    const now = factsOf(this.project)
    return FACTS.some((key) => now[key] !== this.#facts[key])
  }

  /** Takes what is new to be saved from now on; null when nothing is. One of `landed` and `lost` must follow. */
  capture(): ProjectWrite | null {
    if (!this.isChanged) return null
    const { project } = this
    const [before, now] = [this.#facts, factsOf(project)]
    const names = [...this.#befores.keys()]
    const creators = names.map((ref) => [ref, project.refCreators.get(ref)?.username ?? null] as const)
    const write: ProjectWrite = {
      saved: this,
      change: {
        ...describeFacts(before, now),
        ...(names.length > 0 && {
          refs: Object.fromEntries(names.map((ref) => [ref, project.repository.ref(ref) ?? null])),
          creators: Object.fromEntries(creators),
        }),
      },
      starts: this.#starts,
      refs: names.length > 0 ? holdRefs(project.repository) : null,
    }
    const known = new Map(names.map((ref) => [ref, this.#creators.get(ref)]))
    this.#flight = { facts: before, befores: this.#befores, creators: known }
    this.#facts = now
    this.#befores = new Map()
    this.#starts = []
    for (const [ref, creator] of creators) this.#setCreator(ref, creator ?? undefined)
    return write
  }

  /** What was captured is saved. */
  landed(): void {
    this.#flight = null
  }

  /** What was captured is not saved. */
  lost(): void {
    if (!this.#flight) return
    const { facts, befores, creators } = this.#flight
    this.#flight = null
    this.#facts = facts
    this.#befores = new Map([...this.#befores, ...befores])
    for (const [ref, creator] of creators) this.#setCreator(ref, creator)
  }

  /** Makes the project what is saved of it. */
  revert(): void {
    const { project } = this
    const { head, ...facts } = this.#facts
    Object.assign(project, facts)
    if (head === null) return
    const moved = [...this.#befores].filter(
      ([ref, before]) => (project.repository.ref(ref) ?? null) !== before,
    )
    project.repository.update(moved.map(([ref, after]) => ({ ref, after })))
    project.repository.head = head
    if (this.#befores.size > 0) {
      const users = [...this.#creators].map(([ref, name]) => [ref, project.forge.user(name)] as const)
      project.refCreators = new Map(users.flatMap(([ref, user]) => (user ? [[ref, user] as const] : [])))
    }
    this.#befores = new Map()
    this.#starts = []
  }

  #setCreator(ref: string, username: string | undefined): void {
    if (username === undefined) this.#creators.delete(ref)
    else this.#creators.set(ref, username)
  }
}

const FACTS = [
  'tagRules',
  'releases',
  'webhooks',
  'pullRequests',
  'vendorState',
  'lastActivityAt',
  'head',
] as const

function factsOf(project: Project): Facts {
  const { tagRules, releases, webhooks, pullRequests, vendorState, lastActivityAt } = project
  const head = project.hasRepository ? project.repository.head : null
  return { tagRules, releases, webhooks, pullRequests, vendorState, lastActivityAt, head }
}

function describeFacts(before: Facts, now: Facts): ProjectChange {
  const releases = compareLists(before.releases, now.releases)
  const pullRequests = compareLists(before.pullRequests, now.pullRequests)
  const facts = {
    ...(now.tagRules !== before.tagRules && { tagRules: describeRules(now.tagRules) }),
    ...(now.webhooks !== before.webhooks && { webhooks: now.webhooks }),
    ...(now.vendorState !== before.vendorState && { vendorState: Object.fromEntries(now.vendorState) }),
    ...(now.lastActivityAt !== before.lastActivityAt && { lastActivityAt: now.lastActivityAt }),
  }
  // What is immutable here is written as JSON and nothing else.
  return {
    ...(Object.keys(facts).length > 0 && { facts }),
    ...(releases && { releases }),
    ...(pullRequests && { pullRequests }),
    ...(now.head !== null && now.head !== before.head && { head: now.head }),
  } as ProjectChange
}
