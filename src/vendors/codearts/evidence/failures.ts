import type { FailureCode } from '../../../failure.ts'
import { client, documentation, inferred, type RefusalRule } from '../../evidence.ts'
import { clients, pages, SIBLING } from './sources.ts'

/** Of no credential at all. */
const UNAUTHENTICATED = documentation(`${pages.api}, tags: 401 CH.00000002`)
const WRONG_CREDENTIAL = [
  inferred('that a wrong token is told like none; the gateway may have words of its own: APIGW.0301'),
] as const
const FORBIDDEN = documentation(`${pages.api}, tags: 403 CH.00401001; v1 and v2: ${pages.errors}, CH.080403`)
/** Of v1 and v2, which answer 401 for what v4 tells apart. */
const OLD_HIDDEN = client(`${clients.terraform} takes 401 CH.080401 of v2 for a repository that is gone`)
const NO_REPOSITORY = [documentation(`${pages.api}, tags: 404 CH.00402000`), OLD_HIDDEN] as const
const MISSING = [
  inferred(`${pages.errors}: CH.000404; that calls of v4 use it for what is in a repository`),
] as const
const INVALID = inferred(
  `400: GitLab, from which the engine descends, and ${SIBLING}; 409 would be another guess`,
)
const UNKNOWN_ERROR = [inferred(`${pages.errors}: CH.000001; that this is one`)] as const
const NOTHING_SUCH = [inferred('CodeArts has nothing of the kind')] as const

/** What becomes of each failure of the forge; where there are two statuses, the second one is of v1 and v2. */
export const failures: Readonly<Record<FailureCode, RefusalRule>> = {
  'credential-unknown': { status: 401, rule: 'a credential has to be known', evidence: WRONG_CREDENTIAL },
  'credential-missing': {
    status: 401,
    rule: 'nobody is anonymous, not even before a public repository',
    evidence: [
      documentation(`${pages.api}: X-Auth-Token is mandatory`),
      UNAUTHENTICATED,
      inferred('v1 and v2: CH.080401 of the general table'),
    ],
  },
  'token-expired': { status: 401, rule: 'a token expires', evidence: WRONG_CREDENTIAL },
  'token-revoked': { status: 401, rule: 'a token can be revoked', evidence: WRONG_CREDENTIAL },
  'scope-missing': {
    status: 403,
    rule: 'a token with actions needs the one of its call',
    evidence: [inferred(`${pages.api}: actions of IAM; that a missing one is told like a missing role`)],
  },
  'sudo-refused': { status: 403, rule: 'nobody acts for somebody else', evidence: NOTHING_SUCH },
  'user-missing': { status: 404, rule: 'a user has to be there', evidence: MISSING },
  'user-blocked': {
    status: 401,
    rule: 'a blocked user has no credential',
    evidence: [inferred('tokens of users who are disabled are not valid in IAM')],
  },
  'owner-missing': { status: 404, rule: 'a project has to be there', evidence: MISSING },
  'project-missing': {
    status: 404,
    otherStatuses: [401],
    rule: 'a repository has to be there',
    evidence: NO_REPOSITORY,
  },
  'project-hidden': {
    status: 403,
    otherStatuses: [401],
    rule: 'a private repository is for its members',
    evidence: [documentation(pages.permissions), FORBIDDEN, OLD_HIDDEN],
  },
  'project-archived': {
    status: 403,
    rule: 'an archived repository is not changed',
    evidence: [inferred('it is read-only to everybody')],
  },
  'project-moved': {
    status: 404,
    otherStatuses: [401],
    rule: 'a former path leads nowhere',
    evidence: NO_REPOSITORY,
  },
  'feature-hidden': {
    status: 403,
    rule: 'code that is for members is for members',
    evidence: [inferred('that this is told like a missing role')],
  },
  'repository-missing': {
    status: 404,
    otherStatuses: [401],
    rule: 'a repository has to have been made',
    evidence: NO_REPOSITORY,
  },
  'role-too-low': {
    status: 403,
    otherStatuses: [401],
    rule: 'a role does what the permission matrix gives it; developers create tags and do not delete them',
    evidence: [documentation(pages.permissions), FORBIDDEN, OLD_HIDDEN],
  },
  'repository-empty': { status: 400, rule: 'an empty repository has no refs', evidence: [INVALID] },
  'revision-empty': { status: 400, rule: 'a ref is not empty', evidence: [INVALID] },
  'revision-unknown': { status: 400, rule: 'a ref has to exist', evidence: [INVALID] },
  'ref-name-invalid': {
    status: 400,
    rule: 'git has to accept a name',
    evidence: [INVALID],
  },
  'ref-exists': { status: 400, rule: 'a name is taken once', evidence: [INVALID] },
  'ref-missing': { status: 404, rule: 'a tag or branch has to be there', evidence: MISSING },
  'ref-conflict': {
    status: 400,
    rule: 'a name does not clash with a folder of names',
    evidence: [inferred('git cannot keep both'), INVALID],
  },
  'ref-changed': { status: 400, rule: 'a ref still stands where it stood', evidence: [INVALID] },
  'ref-target-invalid': { status: 400, rule: 'a branch leads to a commit', evidence: [INVALID] },
  'object-missing': { status: 404, rule: 'a commit or webhook has to be there', evidence: MISSING },
  'object-corrupt': { status: 500, rule: 'a damaged object is an unknown error', evidence: UNKNOWN_ERROR },
  'repository-unreadable': {
    status: 500,
    rule: 'a repository that cannot be read is an unknown error',
    evidence: UNKNOWN_ERROR,
  },
  'tag-protected': {
    status: 403,
    rule: 'whom a rule does not name neither creates nor deletes its tags, administrators included',
    evidence: [
      documentation(pages.protectedTags),
      FORBIDDEN,
      inferred('that this is told like a missing role; 400 for deletions would be another guess'),
    ],
  },
  'rule-missing': { status: 404, rule: 'a protected tag has to be there', evidence: MISSING },
  'rule-exists': {
    status: 400,
    rule: 'a name has one rule',
    evidence: [documentation(`${pages.protectedTags}: the name of a protected tag is used once`), INVALID],
  },
  'release-missing': { status: 404, rule: 'there are no releases', evidence: NOTHING_SUCH },
  'release-exists': { status: 400, rule: 'there are no releases', evidence: NOTHING_SUCH },
}
