import type { FastifyRequest } from 'fastify'
import { ForgeError, fail } from '../failure.ts'
import { demandWrite, mayReadCode, maySee } from '../forge/access.ts'
import type { Identity } from '../forge/identity.ts'
import type { Project } from '../forge/project.ts'
import type { GitService } from '../vendors/git-face.ts'
import type { GitUrl } from './git-url.ts'

/**
 * Opens the project that a git request is about, for reading or writing. Throws what stands in the way; to somebody who has
 * not said who they are that is always `credential-missing`, since git asks its user only then.
 */
export async function openForGit(
  request: FastifyRequest,
  url: GitUrl,
  service: GitService,
): Promise<{ readonly project: Project; readonly identity: Identity }> {
  const identity = url.mount.face.identify(request, service)
  request.caller = identity.user?.username ?? null
  try {
    const project = await open(request, url, service, identity)
    return { project, identity }
  } catch (error) {
    if (error instanceof ForgeError && identity.user === null) return fail('credential-missing', {})
    throw error
  }
}

async function open(
  request: FastifyRequest,
  { mount, address }: GitUrl,
  service: GitService,
  identity: Identity,
): Promise<Project> {
  const spec = mount.face.find(request.forge, address) ?? fail('project-missing', { project: address })
  if (!maySee(identity, spec)) fail('project-hidden', { project: spec.path })
  if (!mayReadCode(identity, spec)) fail('feature-hidden', { project: spec.path, feature: 'repository' })
  if (service === 'git-receive-pack') demandWrite(identity, spec, mount.face.writeRole)
  const project = await request.forge.open(spec)
  if (!project.hasRepository) fail('repository-missing', { project: spec.path })
  return project
}
