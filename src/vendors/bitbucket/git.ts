import type { FastifyRequest } from 'fastify'
import { fail } from '../../failure.ts'
import type { Forge } from '../../forge/forge.ts'
import { ANONYMOUS, type Identity } from '../../forge/identity.ts'
import type { ProjectSpec } from '../../forge/spec.ts'
import type { GitFace, GitService, PushPolicy } from '../git-face.ts'
import { authenticate } from './auth.ts'
import { answerGit } from './git-refusals.ts'
import { clonePath, findOwner, findProject } from './naming.ts'
import { reachesCap } from './permissions.ts'
import { watchTags } from './tag-index.ts'

/** What clone URLs over HTTP begin with, below the context path. */
const ROOT = '/scm'

/** Bitbucket's clone URLs: `/scm/key/slug.git`, and `/scm/~user/slug.git`. */
export function bitbucketFace(): GitFace {
  return {
    root: ROOT,
    clonePath: (spec) => ROOT + clonePath(spec),
    isAddress: (address) => /^[^/]+\/[^/]+$/.test(address),
    find: findByAddress,
    withoutSuffix: 'serve',
    identify,
    writeRole: 'developer',
    answer: answerGit,
    dumbRefusal: 'Dumb HTTP transport is not supported',
    push: bitbucketPushes,
  }
}

function findByAddress(forge: Forge, address: string): ProjectSpec | undefined {
  const [key = '', slug = ''] = address.split('/')
  const owner = findOwner(forge, key)
  return owner && findProject(forge, owner, slug)
}

/** A token does no more here than it does in the API. */
function identify(request: FastifyRequest, service: GitService): Identity {
  watchTags(request.forge)
  const identity = authenticate(request)
  if (!reachesCap(identity.token, 'REPO_READ')) return ANONYMOUS
  if (service === 'git-receive-pack' && !reachesCap(identity.token, 'REPO_WRITE')) {
    fail('scope-missing', { needed: ['REPO_WRITE'] })
  }
  return identity
}

/** No hook of its own: what git refuses in a bare repository is all. */
const bitbucketPushes: PushPolicy = {
  judge({ project, changes }) {
    const current = `refs/heads/${project.defaultBranch}`
    const isDeleted = changes.some(({ ref, after }) => ref === current && after === null)
    return {
      refused: new Map(isDeleted ? [[current, 'deletion of the current branch prohibited']] : []),
      messages: isDeleted ? [`error: refusing to delete the current branch: ${current}`] : [],
    }
  },
}
