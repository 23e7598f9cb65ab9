/** Git's own requests, at the clone URLs of all vendors: their statuses and words differ, the protocol does not. */
import type { FailureCode } from '../../failure.ts'
import {
  documentation,
  inferred,
  type OperationEvidence,
  outcome,
  type RefusalRule,
  refusal,
  ruleOf,
  source,
} from '../../vendors/evidence.ts'
import type { EvidenceTable } from './assemble.ts'

const HTTP = documentation('git, gitprotocol-http')
const BACKEND = source('git, http-backend.c')
const V2 = documentation('git, gitprotocol-v2')
const FACES = inferred(
  'what each vendor’s own server tells git: GitLab’s git_access.rb, Bitbucket’s SCM pages',
)
const CLIENTS = ['git 2.39', 'isomorphic-git', 'dulwich', 'libgit2']

const LET_IN = [
  'credential-unknown',
  'credential-missing',
  'token-expired',
  'token-revoked',
  'scope-missing',
  'user-blocked',
  'project-missing',
  'project-hidden',
  'project-moved',
  'feature-hidden',
  'repository-missing',
  'object-corrupt',
  'repository-unreadable',
] as const satisfies readonly FailureCode[]

const failures = {
  'credential-unknown': refusal(
    [401],
    'A credential that nobody has is refused with a challenge.',
    HTTP,
    FACES,
  ),
  'credential-missing': refusal(
    [401],
    'Whatever stands in the way of somebody who has not said who they are is 401 with a challenge: git asks only then.',
    HTTP,
    FACES,
  ),
  'token-expired': refusal([401], 'A token that has expired is no credential.', FACES),
  'token-revoked': refusal([401], 'A token that was revoked is no credential.', FACES),
  'scope-missing': refusal([403], 'A token that may not do this is refused.', FACES),
  'user-blocked': refusal([403], 'Somebody whose account is blocked is refused.', FACES),
  'project-missing': refusal([404], 'There is no project at that address.', FACES),
  'project-hidden': refusal([404, 403], 'A project that one may not see is as good as not there.', FACES),
  'project-moved': refusal([404], 'A former address that is followed no further.', FACES),
  'feature-hidden': refusal([403, 404], 'Who sees a project, yet not its code, is refused.', FACES),
  'repository-missing': refusal([404], 'The project has no repository.', FACES),
  'role-too-low': refusal([403], 'Who may read and not write is refused before a push begins.', FACES),
  'project-archived': refusal([403], 'An archived project takes no pushes.', FACES),
  'object-corrupt': refusal([500], 'A damaged object ends the request.', BACKEND),
  'repository-unreadable': refusal([500], 'A repository that cannot be read ends the request.', BACKEND),
} satisfies Partial<Record<FailureCode, RefusalRule>>

/** Rules that the protocol itself has. */
const refusals = {
  'dumb-protocol': refusal(
    [403],
    'info/refs without a service is the dumb protocol, which nobody serves.',
    HTTP,
    FACES,
  ),
  'address-unknown': refusal([404], 'There is nothing of git’s at that address.', BACKEND),
  'content-type-unsupported': refusal([415], 'A request has the type of its service.', HTTP, BACKEND),
  'encoding-unsupported': refusal([415], 'Bodies are plain or gzip.', BACKEND),
  'gzip-damaged': refusal([400], 'A body that says gzip is gzip.', BACKEND),
  'body-too-large': refusal(
    [413],
    'A body is no larger than --git-body-limit.',
    inferred('web servers’ limits'),
  ),
} satisfies Record<string, RefusalRule>

export type GitRefusal = keyof typeof refusals

const services = {
  failures: LET_IN,
  refusals: ['content-type-unsupported', 'encoding-unsupported', 'gzip-damaged', 'body-too-large'],
} satisfies Pick<OperationEvidence<GitRefusal>, 'failures' | 'refusals'>

const operations = {
  'git.advertiseRefs': {
    summary: 'Tell the refs, or what protocol 2 can do',
    successes: {
      advertised: outcome(
        200,
        'Refs with capabilities, in protocol 2 the capabilities alone.',
        HTTP,
        V2,
        BACKEND,
      ),
      redirected: outcome(301, 'GitLab sends addresses without .git to those with it.', FACES),
    },
    failures: [...LET_IN, 'role-too-low', 'project-archived'],
    refusals: ['dumb-protocol'],
    provenBy: CLIENTS,
    missing: ['the dumb protocol'],
  },
  'git.uploadPack': {
    summary: 'Clone and fetch',
    successes: {
      served: outcome(
        200,
        'A pack of what was asked for; what git itself refuses is an ERR line in the answer.',
        documentation('git, gitprotocol-pack'),
        V2,
        source('git, upload-pack.c'),
      ),
    },
    ...services,
    provenBy: CLIENTS,
    missing: ['filters by path or by type', 'bundle-uri', 'packfile-uris'],
  },
  'git.receivePack': {
    summary: 'Push',
    successes: {
      reported: outcome(
        200,
        'What became of each ref, with what the vendor’s hooks have to say; a refused ref is ng, not a status.',
        documentation('git, gitprotocol-pack'),
        source('git, receive-pack.c'),
      ),
    },
    ...services,
    failures: [...LET_IN, 'role-too-low', 'project-archived'],
    provenBy: CLIENTS,
    missing: ['push certificates'],
  },
} satisfies Record<string, OperationEvidence<GitRefusal>>

export const gitEvidence: EvidenceTable = {
  operations,
  failures,
  refusals,
  everywhere: { failures: [], refusals: ['address-unknown'] },
  headers: {
    'never-cached': ruleOf('Expires, Pragma and Cache-Control forbid keeping any answer.', BACKEND),
    challenge: ruleOf('A 401 has WWW-Authenticate: Basic, with the realm of the vendor.', HTTP, FACES),
  },
  orderings: {
    refs: ruleOf(
      'HEAD first, then all refs by the bytes of their names, each tag with what it peels to.',
      HTTP,
    ),
  },
}
