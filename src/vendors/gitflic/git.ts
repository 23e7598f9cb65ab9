import type { FastifyRequest } from 'fastify'
import type { Forge } from '../../forge/forge.ts'
import { ANONYMOUS, type Identity } from '../../forge/identity.ts'
import type { ProjectSpec } from '../../forge/spec.ts'
import { basicCredentials } from '../../http/basic-auth.ts'
import type { GitAnswer, GitFace, GitService, Push, PushVerdict } from '../git-face.ts'
import type { VendorSettings } from '../vendor.ts'
import { demandScope, PROJECT_CHANGE } from './auth.ts'
import { ACCESS_DENIED, answerWith, UNAUTHENTICATED } from './errors.ts'
import { readQuirks } from './quirks.ts'
import { ruleAgainst } from './rules.ts'

const TAGS = 'refs/tags/'

/** GitFlic's clone URLs: `/project/owner/project.git`, the way in for deleting tags as well. */
export function gitflicFace({ quirks }: VendorSettings): GitFace {
  const answerTo = answerWith(readQuirks(quirks))
  return {
    root: '/project',
    clonePath: (spec) => `/project/${spec.path}.git`,
    isAddress: (address) => /^[^/]+\/[^/]+$/.test(address),
    find: findProject,
    withoutSuffix: 'serve',
    identify,
    writeRole: 'developer',
    answer: (error) => answerGit(answerTo(error)),
    dumbRefusal: 'Git access forbidden',
    push: { judge },
  }
}

function findProject(forge: Forge, address: string): ProjectSpec | undefined {
  return forge.specs.find(({ path }) => path === address)
}

/** A password, or a token under any name at all. Throws what forge.identifyToken throws, and `scope-missing`. */
function identify(request: FastifyRequest, service: GitService): Identity {
  const given = basicCredentials(request)
  if (given === null) return ANONYMOUS
  const { forge } = request
  if (forge.user(given.username)?.password === given.password)
    return forge.identifyPassword(given.username, given.password)
  const identity = forge.identifyToken(given.password)
  demandScope(identity, service === 'git-receive-pack' ? PROJECT_CHANGE : ['PROJECT_READ', ...PROJECT_CHANGE])
  return identity
}

/** JGit over HTTP: a servlet's plain errors, and unlike the API a challenge, without which git would not ask. */
function answerGit({ status, body }: ReturnType<ReturnType<typeof answerWith>>): GitAnswer {
  const headers = { 'content-type': 'text/plain; charset=utf-8' }
  if (body === UNAUTHENTICATED.body) {
    const challenge = { ...headers, 'www-authenticate': 'Basic realm="GitFlic"' }
    return { status: 401, headers: challenge, body: 'Unauthorized\n' }
  }
  if (body === ACCESS_DENIED.body) return { status, headers, body: 'Access denied\n' }
  return { status, headers, body: status === 404 ? 'Repository not found\n' : 'Error\n' }
}

/** Tag rules hold for a push as they do for the API; refs that they do not speak about move all the same. */
function judge({ project, identity, changes }: Push): PushVerdict {
  const refused = new Map<string, string>()
  for (const { ref, after } of changes) {
    // The rules are about creating. Moving a tag is creating it anew; deleting one takes no more than the right to push.
    if (after === null || !ref.startsWith(TAGS)) continue
    if (ruleAgainst(project, identity, ref.slice(TAGS.length))) refused.set(ref, 'protected tag')
  }
  return { refused, messages: [] }
}
