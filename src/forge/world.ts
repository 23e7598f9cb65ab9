import { ForgeError } from '../failure.ts'
import type { DiskRepository } from '../git/disk-repository.ts'
import type { Repository } from '../git/repository.ts'
import type { LoadedFixture } from './fixture/load.ts'
import { accessKeysOf, ownersOf, tokensOf, usersOf } from './fixture/people.ts'
import { FixtureError, type Problem } from './fixture/problem.ts'
import { specsOf } from './fixture/projects.ts'
import type { AccessKey, Owner, Token, User } from './model.ts'
import type { ProjectSpec } from './spec.ts'

/** Everything of a world but its repositories. */
export interface WorldParts {
  readonly users: readonly User[]
  readonly tokens: readonly Token[]
  readonly accessKeys: readonly AccessKey[]
  readonly owners: readonly Owner[]
  readonly specs: readonly ProjectSpec[]
}

/**
 * An initial world: what a fixture says, read once and never changed. Forges (the live one, sandboxes) start from it and
 * keep their differences to themselves; its repositories are built on first need and then forked.
 */
export class World {
  readonly users: readonly User[]
  readonly tokens: ReadonlyMap<string, Token>
  readonly accessKeys: ReadonlyMap<string, AccessKey>
  readonly owners: readonly Owner[]
  readonly specs: readonly ProjectSpec[]
  readonly #disks: ReadonlyMap<number, DiskRepository>
  readonly #repositories = new Map<number, Promise<Repository | null>>()
  #load: ((spec: ProjectSpec) => Promise<Repository | null>) | null = null

  private constructor(parts: WorldParts, disks: ReadonlyMap<number, DiskRepository>) {
    this.users = parts.users
    this.tokens = new Map(parts.tokens.map((token) => [token.value, token]))
    this.accessKeys = new Map(parts.accessKeys.map((key) => [key.id, key]))
    this.owners = parts.owners
    this.specs = parts.specs
    this.#disks = disks
  }

  /**
   * Builds the world of a checked fixture. Repositories on disk are read here and now, so that a wrong path is found at
   * start: throws FixtureError.
   */
  static async open(loaded: LoadedFixture): Promise<World> {
    const users = usersOf(loaded.fixture)
    const owners = ownersOf(loaded.fixture, users)
    const specs = specsOf(loaded, users, owners)
    const tokens = tokensOf(loaded.fixture)
    const accessKeys = accessKeysOf(loaded.fixture)
    return new World({ users, tokens, accessKeys, owners, specs }, await openDisks(loaded.source, specs))
  }

  /** A world that has its repositories already, by the ids of their projects. */
  static of(parts: WorldParts, repositories: ReadonlyMap<number, Repository>): World {
    const world = new World(parts, new Map())
    for (const { id } of parts.specs)
      world.#repositories.set(id, Promise.resolve(repositories.get(id) ?? null))
    return world
  }

  /** A world whose repositories are somewhere else; each is fetched when it is needed. */
  static stored(parts: WorldParts, load: (spec: ProjectSpec) => Promise<Repository | null>): World {
    const world = new World(parts, new Map())
    world.#load = load
    return world
  }

  /** The repository of a project as the fixture has it; fork it before writing. Null when it has none. */
  repository(spec: ProjectSpec): Promise<Repository | null> {
    const known = this.#repositories.get(spec.id)
    if (known) return known
    const built = this.#build(spec)
    this.#repositories.set(spec.id, built)
    return built
  }

  async #build(spec: ProjectSpec): Promise<Repository | null> {
    // Loaded on first need: a server that is only asked for its health never pays for git.
    if (spec.source.kind === 'history')
      return (await import('../git/seed.ts')).seedRepository(spec.source.history)
    // Whatever is kept elsewhere; projects that were created since, in whichever forge of this world, are not.
    if (this.#load) return this.#load(spec)
    const disk = this.#disks.get(spec.id)
    return disk ? (await import('../git/repository.ts')).Repository.load(disk) : null
  }
}

async function openDisks(
  source: string,
  specs: readonly ProjectSpec[],
): Promise<Map<number, DiskRepository>> {
  const disks = new Map<number, DiskRepository>()
  if (specs.every((spec) => spec.source.kind !== 'disk')) return disks
  const { openDiskRepository } = await import('../git/disk-repository.ts')
  const problems: Problem[] = []
  specs.forEach((spec, i) => {
    if (spec.source.kind !== 'disk') return
    try {
      disks.set(spec.id, openDiskRepository(spec.source.path))
    } catch (error) {
      if (!(error instanceof ForgeError)) throw error
      problems.push({
        path: `projects[${i}].git`,
        message: 'reason' in error.details ? String(error.details.reason) : error.message,
      })
    }
  })
  if (problems.length > 0) throw new FixtureError(source, problems)
  return disks
}
