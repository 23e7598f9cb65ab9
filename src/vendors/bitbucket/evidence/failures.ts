import type { FailureCode } from '../../../failure.ts'
import { client, documentation, inferred, type RefusalRule, recording } from '../../evidence.ts'
import { pages, records } from './sources.ts'

const LOGIN = recording(`${records.several}: IncorrectPasswordAuthenticationException`)
const CHALLENGE = inferred('WWW-Authenticate with it: the realm that browsers have seen')
const DENIED = [
  recording(
    'Answers of 5.13, 7.x and 10.x: AuthorisationException and its words, for reading and for writing',
  ),
  documentation(`${pages.general}: 401, never 403`),
] as const
const ANONYMOUS = [
  recording(`${records.sourcegraph}, of 7.x`, { until: '9' }),
  recording(`${records.registry}: AuthenticationRequiredException`, { since: '10' }),
] as const
const NO_REPOSITORY = [
  recording('Answers from 2016 to 2026: NoSuchRepositoryException and its words'),
] as const
const NO_COMMIT = recording(`${records.several}: NoSuchCommitException and its words`)
const ANY_COMMIT = [
  inferred('what is answered to commits that are not there: NoSuchCommitException'),
] as const
/** What cannot happen to a resource of Bitbucket's. */
const UNCAUGHT = [
  inferred('Bitbucket has nothing of the kind; any exception that nobody catches is a 500'),
] as const
const INTEGRITY = inferred('IntegrityException is a 409 wherever it has been recorded')

/** What becomes of each failure of the forge. */
export const failures: Readonly<Record<FailureCode, RefusalRule>> = {
  'credential-unknown': {
    status: 401,
    rule: 'a login that fails is refused everywhere, public repositories and unknown addresses included',
    evidence: [LOGIN, CHALLENGE],
  },
  'credential-missing': {
    status: 401,
    rule: 'nobody is turned away where somebody has to be signed in',
    evidence: ANONYMOUS,
  },
  'token-expired': {
    status: 401,
    rule: 'an expired token is a login that fails',
    evidence: [LOGIN, CHALLENGE],
  },
  'token-revoked': {
    status: 401,
    rule: 'a revoked token is a login that fails',
    evidence: [LOGIN, CHALLENGE],
  },
  'scope-missing': {
    status: 401,
    rule: 'a token does no more than it was made for',
    evidence: [inferred('the permissions of tokens are those of users, and are refused in the same words')],
  },
  'sudo-refused': { status: 401, rule: 'nobody acts for somebody else', evidence: UNCAUGHT },
  'user-missing': {
    status: 404,
    rule: 'a user who is not there is missing, also under users/{slug}/repos',
    evidence: [recording(`${records.several}: NoSuchUserException and its words`)],
  },
  'user-blocked': {
    status: 401,
    rule: 'a blocked user has no licence',
    evidence: [
      recording(`${records.registry}: NoAccessAuthenticationException and its words`),
      inferred('that a blocked user is one without a licence'),
    ],
  },
  'owner-missing': {
    status: 404,
    rule: 'the project of an address is missed before its repository',
    evidence: [
      recording(`${records.goScm} of 2018, ${records.registry}: NoSuchProjectException and its words`),
      inferred('that it is missed before permissions are looked at'),
    ],
  },
  'project-missing': {
    status: 404,
    rule: 'a repository that is not there is missing',
    evidence: NO_REPOSITORY,
  },
  'project-hidden': {
    status: 401,
    rule: 'a repository that is there but not for the caller is refused, not missing',
    evidence: DENIED,
  },
  'project-archived': {
    status: 409,
    rule: 'an archived repository is not written to',
    evidence: [
      inferred(
        `${pages.core}, rebase pull request: 409, since 8; other changes alike, the exception and its words`,
      ),
    ],
  },
  'project-moved': {
    status: 404,
    rule: 'a former address is missing where nobody is sent on',
    evidence: [inferred('what is answered to repositories that are not there')],
  },
  'feature-hidden': { status: 401, rule: 'what is hidden from the caller is refused', evidence: DENIED },
  'repository-missing': {
    status: 404,
    rule: 'a repository without data is missing',
    evidence: [inferred('what is answered to repositories that are not there')],
  },
  'role-too-low': {
    status: 401,
    rule: 'a permission that is missing is refused with 401, in other words for nobody since 10',
    evidence: [...DENIED, ...ANONYMOUS],
  },
  'repository-empty': {
    status: 409,
    rule: 'nothing can be created in an empty repository',
    evidence: [
      client("a client's live test: IllegalRepositoryStateException for a branch in an empty repository"),
      inferred('the status: IllegalPullRequestStateException is a 409'),
    ],
  },
  'revision-empty': { status: 404, rule: 'an empty revision is no commit', evidence: ANY_COMMIT },
  'revision-unknown': {
    status: 404,
    rule: 'a revision that leads nowhere is a missing commit',
    evidence: [NO_COMMIT],
  },
  'ref-name-invalid': {
    status: 400,
    rule: 'a tag needs a name that git accepts',
    evidence: [
      documentation(`${pages.git}, create a tag: 400, not a valid ref name; ${pages.classes}`),
      inferred('the words'),
    ],
  },
  'ref-exists': {
    status: 409,
    otherStatuses: [400],
    rule: 'a tag that exists is a conflict unless force is used; the printed pages say 400',
    evidence: [
      recording(records.community),
      client(`${records.automation}: DuplicateRefException`),
      recording(`${records.registry}: the words, of a branch`),
      documentation(`${pages.git}, create a tag: 400, the ref name already existed`),
    ],
  },
  'ref-missing': {
    status: 404,
    rule: 'what is to be deleted or moved must be there',
    evidence: [
      documentation(`${pages.git}, delete a tag: 404; ${pages.classes}: NoSuchTagException`),
      client(`${records.automation}: a second deletion fails`),
      inferred('the words'),
    ],
  },
  'ref-conflict': {
    status: 400,
    otherStatuses: [409],
    rule: 'a name that clashes with a folder of names is a bad request',
    evidence: [
      documentation(`${pages.classes}: ConflictingRefNameException extends InvalidRefNameException`),
      inferred(
        'the words; a conflict to whom the quirk refConflict409 is dear, as branch-utils documents it',
      ),
    ],
  },
  'ref-changed': {
    status: 409,
    rule: 'a ref that stands elsewhere by now is a conflict',
    evidence: [documentation(`${pages.branchUtils}, delete a branch: endPoint`), INTEGRITY],
  },
  'ref-target-invalid': { status: 404, rule: 'a branch leads to a commit', evidence: ANY_COMMIT },
  'object-missing': {
    status: 404,
    rule: 'an object that is not there is a missing commit',
    evidence: ANY_COMMIT,
  },
  'object-corrupt': {
    status: 500,
    rule: 'a damaged object is an exception that nobody catches',
    evidence: UNCAUGHT,
  },
  'repository-unreadable': {
    status: 500,
    rule: 'a repository that cannot be read is an exception that nobody catches',
    evidence: UNCAUGHT,
  },
  'tag-protected': {
    status: 401,
    rule: 'a tag that the caller may not touch is a permission that is missing',
    evidence: [inferred('other permissions; rules of tags do not bind here')],
  },
  'rule-missing': { status: 500, rule: 'there are no rules of tags', evidence: UNCAUGHT },
  'rule-exists': { status: 409, rule: 'there are no rules of tags', evidence: [INTEGRITY] },
  'release-missing': { status: 500, rule: 'there are no releases', evidence: UNCAUGHT },
  'release-exists': { status: 409, rule: 'there are no releases', evidence: [INTEGRITY] },
}
