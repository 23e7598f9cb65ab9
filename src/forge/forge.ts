import { randomBytes } from 'node:crypto'
import { fail } from '../failure.ts'
import type { Clock } from './clock.ts'
import { highestId } from './highest-id.ts'
import { type Identity, identifyPassword, identifyToken } from './identity.ts'
import type { Owner, RefsChanged, TagRule, Token, User } from './model.ts'
import { Project } from './project.ts'
import type { ProjectSpec } from './spec.ts'
import { tabulate } from './table.ts'
import type { World } from './world.ts'

export const COUNTERS = ['rule', 'release', 'link', 'hook', 'pull-request'] as const
export type CounterName = (typeof COUNTERS)[number]

/** What a forge has beside its world and its projects. */
export interface ForgeMemory {
  /** The last id of each kind. */
  readonly lastIds: Readonly<Record<CounterName, number>>
  readonly issuedTokens: readonly Token[]
}

const findUser = tabulate((user: User) => [user.id, user.username.toLowerCase()])
const findOwner = tabulate((owner: Owner) => [owner.id, owner.alias.toLowerCase()])
const findSpec = tabulate((spec: ProjectSpec) => [spec.id, spec.path.toLowerCase()])

/** A running forge: a world, and everything that has changed since it was started. */
export class Forge {
  readonly world: World
  readonly clock: Clock
  readonly #opening = new Map<number, Promise<Project>>()
  readonly #opened = new Map<number, Project>()
  #specs: readonly ProjectSpec[]
  // Made on first need, like the next two: there are thousands of forks, and an empty Map is two hundred bytes.
  #ownerRules: Map<number, readonly TagRule[]> | null = null
  #issuedTokens: Map<string, Token> | null = null
  #counters: Map<CounterName, number> | null = null
  readonly #listeners = new Set<(event: RefsChanged) => void>()
  #openingListeners: Set<(project: Project) => void> | null = null

  constructor(world: World, clock: Clock) {
    this.world = world
    this.clock = clock
    this.#specs = world.specs
  }

  /** A user by id or, ignoring case, by username. */
  user(idOrName: number | string): User | undefined {
    return findUser(this.world.users, typeof idOrName === 'string' ? idOrName.toLowerCase() : idOrName)
  }

  /** An owner by id or, ignoring case, by alias. */
  owner(idOrAlias: number | string): Owner | undefined {
    return findOwner(this.world.owners, typeof idOrAlias === 'string' ? idOrAlias.toLowerCase() : idOrAlias)
  }

  /** A token of the fixture, or one that was issued since. */
  token(value: string): Token | undefined {
    return this.world.tokens.get(value) ?? this.#issuedTokens?.get(value)
  }

  /** Gives a user a new token that may do all that the user may, until `expiresAt` (epoch milliseconds). */
  issueToken({ username }: User, expiresAt: number): Token {
    // Chance, not a counter: a token from before a reset must not be somebody's again after it.
    const value = randomBytes(48).toString('base64url')
    const token: Token = { value, username, kind: 'personal', scopes: null, state: 'active', expiresAt }
    this.#issuedTokens ??= new Map()
    this.#issuedTokens.set(value, token)
    return token
  }

  /** The tokens that were issued since the start. */
  get issuedTokens(): Iterable<Token> {
    return this.#issuedTokens?.values() ?? []
  }

  /** Throws `credential-unknown`, `token-expired`, `token-revoked` or `user-blocked`. */
  identifyToken(value: string): Identity {
    return identifyToken(this, value)
  }

  /** Throws `credential-unknown` or `user-blocked`. */
  identifyPassword(username: string, password: string): Identity {
    return identifyPassword(this, username, password)
  }

  /** The projects of the fixture, then those created since; the same list until one is added or removed. */
  get specs(): readonly ProjectSpec[] {
    return this.#specs
  }

  /** Adds a project. Whether its path and id are free is for the caller to see to. */
  addProject(spec: ProjectSpec): void {
    this.#specs = [...this.#specs, spec]
  }

  /** Takes a project back that was added. */
  removeProject(id: number): void {
    this.#specs = this.#specs.filter((spec) => spec.id !== id)
    this.#opening.delete(id)
    this.#opened.delete(id)
  }

  /** An owner's templates as they are now. */
  ownerRules(owner: Owner): readonly TagRule[] {
    return this.#ownerRules?.get(owner.id) ?? owner.tagRules
  }

  setOwnerRules(owner: Owner, rules: readonly TagRule[]): void {
    this.#ownerRules ??= new Map()
    this.#ownerRules.set(owner.id, rules)
  }

  /** A project's spec by id or, ignoring case, by path. Throws `project-moved` for a former path. */
  spec(idOrPath: number | string): ProjectSpec | undefined {
    if (typeof idOrPath === 'number') return findSpec(this.specs, idOrPath)
    const path = idOrPath.toLowerCase()
    const found = findSpec(this.specs, path)
    if (found) return found
    const moved = this.specs.find((spec) => spec.movedFrom.some((former) => former.toLowerCase() === path))
    return moved ? fail('project-moved', { project: moved.path, id: moved.id }) : undefined
  }

  /** The live project; its repository is built, then forked from the world, on the first call. */
  open(spec: ProjectSpec): Promise<Project> {
    const known = this.#opening.get(spec.id)
    if (known) return known
    const opening = this.world.repository(spec).then((repository) => {
      const project = new Project(this, spec, repository?.fork() ?? null)
      this.#opened.set(spec.id, project)
      if (this.#openingListeners) for (const listener of this.#openingListeners) listener(project)
      return project
    })
    this.#opening.set(spec.id, opening)
    return opening
  }

  /** The live project of an id, if somebody has opened it: nobody else's refs can have moved. */
  opened(id: number): Project | undefined {
    return this.#opened.get(id)
  }

  /** The projects that have been touched so far; all others are as the world has them. */
  get openProjects(): Iterable<Project> {
    return this.#opened.values()
  }

  /**
   * An independent forge in the state that this one is in now; what either changes from now on, the other does not see. It
   * costs what has been touched so far, not what there is: untouched projects are still those of the world.
   */
  fork(clock: Clock): Forge {
    const twin = new Forge(this.world, clock)
    twin.#specs = this.#specs
    if (this.#ownerRules) twin.#ownerRules = new Map(this.#ownerRules)
    if (this.#issuedTokens) twin.#issuedTokens = new Map(this.#issuedTokens)
    if (this.#counters) twin.#counters = new Map(this.#counters)
    // A project that is still being opened has not been written to, so the fork may open it for itself.
    for (const [id, project] of this.#opened) {
      const copy = project.fork(twin)
      twin.#opened.set(id, copy)
      twin.#opening.set(id, Promise.resolve(copy))
    }
    return twin
  }

  /** The next id of a kind, counting on from those that the fixture used. */
  nextId(counter: CounterName): number {
    const next = this.#lastId(counter) + 1
    this.#counters ??= new Map()
    this.#counters.set(counter, next)
    return next
  }

  get memory(): ForgeMemory {
    const lastIds = Object.fromEntries(COUNTERS.map((counter) => [counter, this.#lastId(counter)]))
    return { lastIds: lastIds as ForgeMemory['lastIds'], issuedTokens: [...this.issuedTokens] }
  }

  set memory({ lastIds, issuedTokens }: ForgeMemory) {
    this.#counters = new Map(COUNTERS.map((counter) => [counter, lastIds[counter]]))
    this.#issuedTokens = new Map(issuedTokens.map((token) => [token.value, token]))
  }

  #lastId(counter: CounterName): number {
    return this.#counters?.get(counter) ?? highestId(this.world, counter)
  }

  /** Calls `listener` after refs have moved; returns the way to stop that. */
  onRefsChanged(listener: (event: RefsChanged) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Calls `listener` when a project is opened, before anybody can change it; returns the way to stop that. */
  onProjectOpened(listener: (project: Project) => void): () => void {
    this.#openingListeners ??= new Set()
    this.#openingListeners.add(listener)
    return () => this.#openingListeners?.delete(listener)
  }

  announce(event: RefsChanged): void {
    for (const listener of this.#listeners) listener(event)
  }
}
