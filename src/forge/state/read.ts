import type { TSchema } from 'typebox'
import type { Repository } from '../../git/repository.ts'
import { AdjustableClock } from '../clock.ts'
import { checkShape } from '../fixture/check-shape.ts'
import { Problems } from '../fixture/problems.ts'
import { Forge } from '../forge.ts'
import type { Owner, Role, User } from '../model.ts'
import { type KnownProfiles, profileProblems } from '../profiles.ts'
import type { Origin } from '../sandbox.ts'
import type { ProjectSpec } from '../spec.ts'
import { World } from '../world.ts'
import { checkState } from './check.ts'
import { StateError } from './problem.ts'
import { buildRepository } from './repositories.ts'
import { type ProjectState, State } from './schema.ts'

export interface StateRules {
  /** What vendors may remember of a project, by vendor id. */
  readonly vendorSchemas: ReadonlyMap<string, TSchema>
  /** What projects may be on. */
  readonly profiles: KnownProfiles
  /** Bytes that the document may have. */
  readonly limit: number
}

/** The world of a state that writeState wrote. Throws StateError with all mistakes of the same kind. */
export async function readState(value: unknown, rules: StateRules): Promise<Origin> {
  refuse(await checkShape(State, value))
  const state = value as State
  refuse([
    ...checkState(state),
    ...profileProblems(state.projects, rules.profiles),
    ...(await checkVendorStates(state, rules)),
  ])
  const repositories = await buildRepositories(state, rules)
  const owners = state.owners.map(ownerOf)
  const specs = state.projects.map((project) => specOf(project, owners))
  const { users, tokens, accessKeys, lastIds, issuedTokens } = state
  const clock = AdjustableClock.of(state.clock)
  const forge = new Forge(World.of({ users, tokens, accessKeys, owners, specs }, repositories), clock)
  forge.memory = { lastIds, issuedTokens }
  for (const project of state.projects) await remember(forge, project)
  return { forge, clock }
}

/** What has happened to a project since its start. */
async function remember(forge: Forge, state: ProjectState): Promise<void> {
  const spec = forge.spec(state.id)
  if (!spec) return
  const project = await forge.open(spec)
  const users = new Map<string, User>(forge.world.users.map((user) => [user.username, user]))
  project.lastActivityAt = state.lastActivityAt
  project.vendorState = new Map(Object.entries(state.vendorState))
  project.refCreators = new Map(
    Object.entries(state.repository?.creators ?? {}).flatMap(([ref, username]) => {
      const user = users.get(username)
      return user ? [[ref, user] as const] : []
    }),
  )
}

export function specOf(state: ProjectState, owners: readonly Owner[]): ProjectSpec {
  const { owner: ownerId, lastActivityAt: _activity, vendorState: _memory, repository, ...facts } = state
  const owner = owners.find(({ id }) => id === ownerId)
  if (!owner) throw new Error(`no owner for ${state.path}: the state was not checked`)
  return {
    ...facts,
    slug: state.path.slice(owner.alias.length + 1),
    owner,
    members: new Map<string, Role>(Object.entries(state.members)),
    releases: new Map(state.releases.map((release) => [release.tag, release])),
    source: { kind: repository ? 'stored' : 'none' },
  }
}

export function ownerOf({ members, ...owner }: State['owners'][number]): Owner {
  return { ...owner, members: new Map<string, Role>(Object.entries(members)) }
}

async function buildRepositories(
  { projects }: State,
  { limit }: StateRules,
): Promise<Map<number, Repository>> {
  const problems = new Problems()
  const repositories = new Map<number, Repository>()
  for (const [i, { id, repository }] of projects.entries()) {
    const built =
      repository && (await buildRepository(repository, `projects[${i}].repository`, limit, problems))
    if (built) repositories.set(id, built)
  }
  refuse(problems.list)
  return repositories
}

export async function checkVendorStates({ projects }: State, { vendorSchemas }: StateRules) {
  const problems = new Problems()
  for (const [i, { vendorState }] of projects.entries()) {
    for (const [vendor, value] of Object.entries(vendorState)) {
      const here = `projects[${i}].vendorState.${vendor}`
      const schema = vendorSchemas.get(vendor)
      if (!schema) problems.add(here, 'there is no vendor that would remember this')
      else
        for (const { path, message } of await checkShape(schema, value))
          problems.add(join(here, path), message)
    }
  }
  return problems.list
}

function join(here: string, path: string): string {
  return path === '' || path.startsWith('[') ? here + path : `${here}.${path}`
}

function refuse(problems: ConstructorParameters<typeof StateError>[0]): void {
  if (problems.length > 0) throw new StateError(problems)
}
