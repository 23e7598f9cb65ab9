import type { FastifyRequest } from 'fastify'
import { fail } from '../../failure.ts'
import type { Forge } from '../../forge/forge.ts'
import { ANONYMOUS, type Identity } from '../../forge/identity.ts'
import type { ProjectSpec } from '../../forge/spec.ts'
import { basicCredentials } from '../../http/basic-auth.ts'
import type { GitAnswer, GitFace, Push, PushedChange, PushVerdict } from '../git-face.ts'
import type { VendorSettings } from '../vendor.ts'
import { may } from './access.ts'
import { flat } from './answers.ts'
import { refusalOf } from './errors.ts'
import { type Quirks, readQuirks } from './quirks.ts'
import { patternAgainst } from './rules.ts'

const TAGS = 'refs/tags/'
const ADDRESS = /^[^/]+(\/[^/]+)+$/

/**
 * The clone URLs that the API prints: `/group/repository.git`. They are those of other forges too, so that this face
 * answers only where the vendors have been given different prefixes.
 */
export function codeartsFace(settings: VendorSettings): GitFace {
  const quirks = readQuirks(settings.quirks)
  return {
    root: '',
    clonePath: (spec) => `/${spec.path}.git`,
    isAddress: (address) => ADDRESS.test(address),
    find: findProject,
    withoutSuffix: 'serve',
    identify,
    writeRole: 'developer',
    answer: answerGit,
    dumbRefusal: 'Git access forbidden',
    push: { judge: (push) => judge(push, quirks) },
  }
}

function findProject(forge: Forge, address: string): ProjectSpec | undefined {
  const wanted = address.toLowerCase()
  return forge.specs.find(({ path }) => path.toLowerCase() === wanted)
}

/** A password, or a token in its place. */
function identify(request: FastifyRequest): Identity {
  const given = basicCredentials(request)
  if (given === null) return ANONYMOUS
  const { forge } = request
  if (forge.user(given.username)?.password === given.password)
    return forge.identifyPassword(given.username, given.password)
  const identity = forge.identifyToken(given.password)
  return identity.token?.kind === 'personal' ? identity : fail('credential-unknown', {})
}

function answerGit(error: Error): GitAnswer {
  const { status, body } = flat(refusalOf(error, 0), false)
  const challenge: Record<string, string> =
    status === 401 ? { 'www-authenticate': 'Basic realm="CodeArts Repo"' } : {}
  const headers = { 'content-type': 'text/plain; charset=utf-8', ...challenge }
  return { status, headers, body: `${body.error_msg}\n` }
}

/** Rules and rights hold for a push as they do for the API; the rules of the console for names do not. */
function judge(push: Push, quirks: Quirks): PushVerdict {
  const refused = push.changes.flatMap((change): [string, string][] => {
    const reason = change.ref.startsWith(TAGS)
      ? reasonAgainstTag(push, change, quirks)
      : reasonAgainstBranch(push, change)
    return reason === null ? [] : [[change.ref, reason]]
  })
  return { refused: new Map(refused), messages: [] }
}

function reasonAgainstTag(
  { project, identity }: Push,
  { ref, before, after }: PushedChange,
  quirks: Quirks,
): string | null {
  if (patternAgainst(project, identity, ref.slice(TAGS.length)) !== null) return 'protected tag'
  // Moving a tag takes the old one away.
  if (before === null || after === before) return null
  return may(identity, project.spec, 'delete-tag', quirks) ? null : 'no permission to delete tags'
}

function reasonAgainstBranch({ project }: Push, { ref, after }: PushedChange): string | null {
  const isDefault = ref === `refs/heads/${project.defaultBranch}`
  return isDefault && after === null ? 'the default branch cannot be deleted' : null
}
