import { AdjustableClock } from '../clock.ts'
import { Forge } from '../forge.ts'
import type { User } from '../model.ts'
import type { Origin } from '../sandbox.ts'
import type { ProjectPast, ProjectSpec } from '../spec.ts'
import { ownerOf, specOf } from '../state/read.ts'
import type { ProjectState } from '../state/schema.ts'
import { World } from '../world.ts'
import { repositoryFolder } from './repository-folder.ts'
import type { ProjectDocument, WorldDocument } from './schema.ts'

/** The world of a document. Its repositories are read when they are asked for. */
export function restoreWorld(folder: string, document: WorldDocument): Origin {
  const { users, tokens, accessKeys, lastIds, issuedTokens } = document
  const owners = document.owners.map(ownerOf)
  const byName = new Map<string, User>(users.map((user) => [user.username, user]))
  const specs = document.projects.map(
    (project): ProjectSpec => ({
      // It looks at whether there is a repository, not into it.
      ...specOf(project as unknown as ProjectState, owners),
      past: pastOf(project, byName),
    }),
  )
  const clock = AdjustableClock.of(document.clock)
  const world = World.stored({ users, tokens, accessKeys, owners, specs }, (spec) => load(folder, spec))
  const forge = new Forge(world, clock)
  forge.memory = { lastIds, issuedTokens: [...issuedTokens] }
  return { forge, clock }
}

async function load(folder: string, spec: ProjectSpec) {
  if (spec.source.kind === 'none') return null
  const [{ openTidyRepository }, { Repository }] = await Promise.all([
    import('../../git/disk-store/tidy-repository.ts'),
    import('../../git/repository.ts'),
  ])
  return Repository.fromDisk(await openTidyRepository(repositoryFolder(folder, spec)))
}

function pastOf(
  { lastActivityAt, vendorState, repository }: ProjectDocument,
  users: ReadonlyMap<string, User>,
): ProjectPast {
  const creators = Object.entries(repository?.creators ?? {}).flatMap(([ref, username]) => {
    const user = users.get(username)
    return user ? [[ref, user] as const] : []
  })
  return {
    lastActivityAt,
    vendorState: new Map(Object.entries(vendorState)),
    refCreators: new Map(creators),
  }
}
