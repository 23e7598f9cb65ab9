import { answerFailure, type FailureTable, ForgeError } from '../../failure.ts'
import type { Project } from '../../forge/project.ts'
import { type Answer, BitbucketError, type Envelope, exception, named, SERVER_ERROR } from './answers.ts'
import { MappingError } from './jackson.ts'
import { mappingException } from './json-body.ts'
import { fullName as fullNameOf } from './naming.ts'
import type { Profile } from './profiles.ts'

/** Where something failed: exceptions name the repository, and anonymous callers are turned away in other words. */
export interface Place {
  readonly profile: Profile
  readonly isAnonymous: boolean
  /** The repository's slug, or an empty text outside of repositories. */
  readonly slug: string
  /** `KEY/slug`. */
  readonly fullName: string
  readonly quirks: ReadonlySet<string>
}

const NOT_PERMITTED = 'You are not permitted to access this resource'

/** A login that failed, as opposed to one that is not enough, asks for another one. */
export const LOGIN_FAILED: Envelope = {
  ...exception(
    401,
    'auth.IncorrectPasswordAuthenticationException',
    'Authentication failed. Please check your credentials and try again.',
  ),
  headers: { 'www-authenticate': 'Basic realm="Atlassian Bitbucket"' },
}

const UNLICENSED: Envelope = {
  ...exception(
    401,
    'auth.NoAccessAuthenticationException',
    'You are not currently licensed to use Bitbucket.\nPlease contact your administrator to resolve this issue.',
  ),
  headers: { 'www-authenticate': 'Basic realm="Atlassian Bitbucket"' },
}

const HYPHENS =
  'Commits may be identified by their SHA-1, or using a branch or tag name. Note that branch and tag names starting with ' +
  'hyphens are not allowed because Git cannot differentiate them from options.'

/** Each failure of the forge, in Bitbucket's words. A permission that is missing is 401, never 403. */
export function failuresAt(place: Place): FailureTable<Envelope> {
  const { slug, fullName, profile } = place
  const unauthorised = (): Envelope =>
    place.isAnonymous
      ? named(401, profile.anonymousException, NOT_PERMITTED)
      : exception(401, 'AuthorisationException', NOT_PERMITTED)
  return {
    'credential-unknown': () => LOGIN_FAILED,
    'credential-missing': unauthorised,
    'token-expired': () => LOGIN_FAILED,
    'token-revoked': () => LOGIN_FAILED,
    'scope-missing': unauthorised,
    'sudo-refused': unauthorised,
    'user-missing': ({ user }) => exception(404, 'user.NoSuchUserException', `User ${user} does not exist.`),
    'user-blocked': () => UNLICENSED,
    'owner-missing': ({ owner }) =>
      exception(404, 'project.NoSuchProjectException', `Project ${owner} does not exist.`),
    'project-missing': ({ project }) => noSuchRepository(project),
    'project-hidden': unauthorised,
    'project-archived': () =>
      exception(
        409,
        'repository.IllegalRepositoryStateException',
        `Repository ${fullName} is archived and cannot be changed.`,
      ),
    'project-moved': ({ project }) => noSuchRepository(project),
    'feature-hidden': unauthorised,
    'repository-missing': () => noSuchRepository(fullName),
    'role-too-low': unauthorised,
    'repository-empty': () =>
      exception(409, 'repository.IllegalRepositoryStateException', `Repository ${fullName} is empty.`),
    'revision-empty': () => noSuchCommit('', slug),
    'revision-unknown': ({ revision }) => noSuchCommit(revision, slug),
    'ref-name-invalid': ({ name }) => invalidRefName(`'${name}' is an invalid tag name.`),
    'ref-exists': ({ ref, name }) =>
      duplicateRef(kindOf(ref), name, slug, isBranch(ref) ? 409 : profile.duplicateStatus),
    'ref-missing': ({ ref, name }) =>
      exception(
        404,
        `repository.NoSuch${kindOf(ref)}Exception`,
        `${kindOf(ref)} '${name}' does not exist in repository '${slug}'.`,
      ),
    'ref-conflict': ({ ref, name, other }) =>
      conflictingRef(kindOf(ref), name, other, place.quirks.has('refConflict409') ? 409 : 400),
    'ref-changed': ({ ref }) =>
      exception(409, 'IntegrityException', `${ref} has been changed by somebody else.`),
    'ref-target-invalid': ({ oid }) => noSuchCommit(oid, slug),
    'object-missing': ({ oid }) => noSuchCommit(oid, slug),
    'object-corrupt': () => SERVER_ERROR,
    'repository-unreadable': () => SERVER_ERROR,
    'tag-protected': () => unauthorised(),
    'rule-missing': () => SERVER_ERROR,
    'rule-exists': () => exception(409, 'IntegrityException', 'The restriction exists already.'),
    'release-missing': () => SERVER_ERROR,
    'release-exists': () => exception(409, 'IntegrityException', 'The release exists already.'),
  }
}

export function duplicateRef(kind: 'Branch' | 'Tag', name: string, slug: string, status: number): Envelope {
  return exception(
    status,
    'repository.DuplicateRefException',
    `${kind} '${name}' already exists in repository '${slug}'`,
  )
}

export function conflictingRef(
  kind: 'Branch' | 'Tag',
  name: string,
  other: string,
  status: number,
): Envelope {
  return exception(
    status,
    'repository.ConflictingRefNameException',
    `'${name}' conflicts with existing ${kind.toLowerCase()} '${other}'`,
  )
}

/** The branch that HEAD points at is not there. */
export function noDefaultBranch(project: Project): Error {
  return new BitbucketError(
    'default-branch-missing',
    exception(
      404,
      'repository.NoDefaultBranchException',
      `Repository "${fullNameOf(project.spec)}" does not have a default branch`,
    ),
  )
}

/** What names no commit because git would take it for an option. */
export function notAnIdentifier(text: string): Envelope {
  return invalidRefName(`'${text}' is not a valid commit identifier. ${HYPHENS}`)
}

export function invalidRefName(message: string): Envelope {
  return exception(400, 'repository.InvalidRefNameException', message)
}

export function noSuchCommit(id: string, slug: string): Envelope {
  return exception(
    404,
    'commit.NoSuchCommitException',
    `Commit '${id}' does not exist in repository '${slug}'.`,
  )
}

function noSuchRepository(fullName: string): Envelope {
  return exception(404, 'repository.NoSuchRepositoryException', `Repository ${fullName} does not exist.`)
}

function kindOf(ref: string): 'Branch' | 'Tag' {
  return isBranch(ref) ? 'Branch' : 'Tag'
}

function isBranch(ref: string): boolean {
  return ref.startsWith('refs/heads/')
}

/** What Bitbucket would say to any error: the forge's, this vendor's, or the framework's. */
export function answerTo(error: Error & { statusCode?: number }, place: Place): Answer {
  if (error instanceof BitbucketError) return error.answer
  if (error instanceof MappingError) return mappingException(place.profile, error.message)
  if (error instanceof ForgeError) return answerFailure(failuresAt(place), error)
  const { statusCode = 500 } = error
  return statusCode < 500 ? { kind: 'status-document', status: statusCode } : SERVER_ERROR
}
