import { AdjustableClock, type ClockState } from '../clock.ts'
import type { Forge, ForgeMemory } from '../forge.ts'
import type { TagRule } from '../model.ts'
import type { Project } from '../project.ts'
import { describeProject, describeRules } from '../state/write.ts'
import type { Change } from './change.ts'
import { type ProjectWrite, SavedProject } from './saved-project.ts'
import type { ProjectDocument } from './schema.ts'

/** All of a forge that is no project's. */
interface Facts {
  readonly memory: ForgeMemory
  readonly ownerRules: ReadonlyMap<number, readonly TagRule[]>
  readonly projects: number
  readonly clock: ClockState
}

/** What has to be written at one go. */
export interface Batch {
  readonly change: Change
  readonly writes: readonly ProjectWrite[]
  /** New projects, whose repositories have to be made. */
  readonly created: readonly Project[]
}

/** Knows how much of a forge is on the disk: what is new since, and the way back. The forge is all saved when it is made. */
export class Ledger {
  readonly forge: Forge
  readonly #clock: AdjustableClock
  #facts: Facts
  #factsBefore: Facts | null = null
  readonly #projects = new Map<number, SavedProject>()
  readonly #stops: readonly (() => void)[]
  #hasMoved = false

  /**
   * `onMove` is called when refs have moved. `before`: the ledger of a forge that this one is a copy of, when the copy may
   * have objects that are on no disk.
   */
  constructor(forge: Forge, clock: AdjustableClock, onMove: () => void, before?: Ledger) {
    this.forge = forge
    this.#clock = clock
    this.#facts = this.#read()
    const follow = (project: Project) => {
      const { id } = project.spec
      this.#projects.set(id, new SavedProject(project, before?.project(id)))
    }
    for (const project of forge.openProjects) follow(project)
    this.#stops = [
      forge.onProjectOpened(follow),
      forge.onRefsChanged(({ projectId, changes }) => {
        this.#projects.get(projectId)?.note(changes)
        this.#hasMoved = true
        onMove()
      }),
    ]
  }

  /** What is known of a project that is open. */
  project(id: number): SavedProject | undefined {
    return this.#projects.get(id)
  }

  /** Stops following the forge. */
  close(): void {
    for (const stop of this.#stops) stop()
  }

  /** Whether refs have moved; known without a look at everything. */
  get hasMoved(): boolean {
    return this.#hasMoved
  }

  /** How the clock goes as far as that is saved. */
  get savedClock(): AdjustableClock {
    return AdjustableClock.of(this.#facts.clock)
  }

  get isChanged(): boolean {
    const [now, saved] = [this.#read(), this.#facts]
    if (now.projects !== saved.projects || Object.keys(compareFacts(this.forge, saved, now)).length > 0)
      return true
    for (const project of this.#projects.values()) if (project.isChanged) return true
    return false
  }

  /** Takes what is new to be saved from now on; null when nothing is. One of `landed` and `lost` must follow. */
  async capture(sequence: number): Promise<Batch | null> {
    const isClosed = ({ id }: { readonly id: number }) => this.forge.opened(id) === undefined
    for (let spec = this.#created().find(isClosed); spec; spec = this.#created().find(isClosed))
      await this.forge.open(spec)
    // From here on nobody else has a turn.
    const created = this.#created().map(({ id }) => this.forge.opened(id)!)
    this.#hasMoved = false
    const saved = this.#facts
    this.#factsBefore = saved
    this.#facts = this.#read()
    const writes = [...this.#projects.values()].flatMap((project) => project.capture() ?? [])
    const facts = compareFacts(this.forge, saved, this.#facts)
    if (created.length + writes.length + Object.keys(facts).length === 0) return null
    const projects = Object.fromEntries(writes.map((write) => [write.saved.project.spec.id, write.change]))
    return {
      change: {
        sequence,
        ...facts,
        ...(created.length > 0 && { created: created.map(documentOf) }),
        ...(writes.length > 0 && { projects }),
      },
      writes,
      created,
    }
  }

  /** What was captured is saved. */
  landed(): void {
    this.#factsBefore = null
    for (const project of this.#projects.values()) project.landed()
  }

  /** What was captured is not saved, and the forge goes back to what is: all changes since are undone, but for the clock. */
  lost(): void {
    this.#hasMoved = false
    if (this.#factsBefore) this.#facts = this.#factsBefore
    this.#factsBefore = null
    for (const project of this.#projects.values()) project.lost()
    for (const { id } of this.#created()) {
      this.#projects.delete(id)
      this.forge.removeProject(id)
    }
    const { memory, ownerRules } = this.#facts
    this.forge.memory = memory
    for (const owner of this.forge.world.owners) {
      const rules = ownerRules.get(owner.id)
      if (rules && rules !== this.forge.ownerRules(owner)) this.forge.setOwnerRules(owner, rules)
    }
    for (const project of this.#projects.values()) project.revert()
  }

  #created() {
    return this.forge.specs.slice(this.#facts.projects)
  }

  #read(): Facts {
    const { memory, specs, world } = this.forge
    const ownerRules = new Map(world.owners.map((owner) => [owner.id, this.forge.ownerRules(owner)]))
    return { memory, ownerRules, projects: specs.length, clock: this.#clock.state }
  }
}

/** A project as the document has it. */
export function documentOf(project: Project): ProjectDocument {
  const creators = [...project.refCreators].map(([ref, { username }]) => [ref, username] as const)
  const repository = project.hasRepository ? { creators: Object.fromEntries(creators) } : null
  return { ...describeProject(project), repository }
}

/** The parts that are new. */
function compareFacts(forge: Forge, before: Facts, now: Facts): Omit<Change, 'sequence'> {
  const { memory, clock } = now
  const issued = memory.issuedTokens.slice(before.memory.issuedTokens.length)
  const rules = forge.world.owners.filter(({ id }) => now.ownerRules.get(id) !== before.ownerRules.get(id))
  const counters = Object.entries(memory.lastIds)
  const hasCounted = counters.some(
    ([name, id]) => before.memory.lastIds[name as keyof typeof memory.lastIds] !== id,
  )
  const isClockSet = clock.frozenAt !== before.clock.frozenAt || clock.ahead !== before.clock.ahead
  return {
    ...(issued.length > 0 && {
      issuedTokens: issued.map((token) => ({ ...token, scopes: token.scopes && [...token.scopes] })),
    }),
    ...(rules.length > 0 && {
      ownerRules: Object.fromEntries(
        rules.map(({ id }) => [id, describeRules(now.ownerRules.get(id) ?? [])] as const),
      ),
    }),
    ...(hasCounted && { lastIds: memory.lastIds }),
    ...(isClockSet && { clock }),
  }
}
