import type { FastifyRequest } from 'fastify'
import { ForgeError, fail } from '../../failure.ts'
import type { Forge } from '../../forge/forge.ts'
import { ANONYMOUS, type Identity } from '../../forge/identity.ts'
import type { ProjectSpec } from '../../forge/spec.ts'
import { basicCredentials } from '../../http/basic-auth.ts'
import { originOf } from '../../http/origin.ts'
import type { GitAnswer, GitFace, GitService } from '../git-face.ts'
import type { VendorSettings } from '../vendor.ts'
import { gitlabPushes } from './git-push.ts'
import { ACCESS, describeRefusal } from './git-refusals.ts'
import { type Profile, profileNamed } from './profiles.ts'

/** First parts of a path that can be no namespace, since they are GitLab's own. */
const RESERVED = new Set(['-', 'api', 'help'])
const ADDRESS = /^[^/]+(\/[^/]+)+$/

/** GitLab's clone URLs: `/group/subgroup/project.git`. */
export function gitlabFace({ profile, prefix }: VendorSettings): GitFace {
  return {
    root: '',
    clonePath: (spec) => `/${spec.path}.git`,
    isAddress: (address) => ADDRESS.test(address) && !RESERVED.has(address.split('/')[0] ?? ''),
    find: findProject,
    withoutSuffix: 'redirect',
    identify,
    writeRole: 'developer',
    answer: (error, request) => answer(error, request, profileNamed(profile), prefix),
    dumbRefusal: ACCESS.command,
    push: gitlabPushes(profileNamed(profile)),
  }
}

/** A former path goes on working. lib/gitlab/git_access.rb, add_project_moved_message! */
function findProject(forge: Forge, address: string): ProjectSpec | undefined {
  try {
    return forge.spec(address)
  } catch (error) {
    if (!(error instanceof ForgeError) || error.code !== 'project-moved') throw error
    return forge.spec((error.details as { id: number }).id)
  }
}

/** A password, or a token under any name at all. lib/gitlab/auth.rb, find_for_git_client */
function identify(request: FastifyRequest, service: GitService): Identity {
  const given = basicCredentials(request)
  if (given === null) return ANONYMOUS
  const { forge } = request
  if (forge.user(given.username)?.password === given.password) {
    return forge.identifyPassword(given.username, given.password)
  }
  const identity = forge.identifyToken(given.password)
  return checkToken(identity, given.username, service)
}

function checkToken(identity: Identity, username: string, service: GitService): Identity {
  const { token } = identity
  if (token?.kind === 'job') {
    if (username !== 'gitlab-ci-token') fail('credential-unknown', {})
    if (service === 'git-receive-pack') fail('scope-missing', { needed: ['write_repository'] })
    return identity
  }
  const scopes = token?.scopes
  if (!scopes || scopes.includes('api') || scopes.includes('write_repository')) return identity
  // A token without any scope for git is no credential for it; one that only reads is refused as a person would be.
  if (!scopes.includes('read_repository')) fail('credential-unknown', {})
  if (service === 'git-receive-pack') fail('scope-missing', { needed: ['write_repository'] })
  return identity
}

/** Repositories::GitHttpClientController: always text, and a challenge with every 401. */
function answer(error: Error, request: FastifyRequest, profile: Profile, prefix: string): GitAnswer {
  const { status, text } = describeRefusal(error, profile, originOf(request) + prefix)
  const challenge: Record<string, string> =
    status === 401 ? { 'www-authenticate': 'Basic realm="GitLab"' } : {}
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...challenge }, body: text }
}
