import { documentation, type OperationEvidence, outcome, source } from '../../evidence.ts'
import { GITBEAKER, READS } from './gates.ts'
import type { RefusalName } from './refusals.ts'

const USERS = source('lib/api/users.rb')
const METADATA = source('lib/api/metadata.rb', { since: '15.2' })

/** People, tokens, and what the server says of itself. */
export const users = {
  'gitlab.getOwnUser': {
    summary: 'Get the caller',
    successes: {
      ok: outcome(200, 'The caller; is_admin for administrators only.', USERS, documentation('Users API')),
      ...READS,
    },
    failures: [],
    refusals: [],
    provenBy: [GITBEAKER],
  },
  'gitlab.listUsers': {
    summary: 'List users',
    successes: { page: outcome(200, 'One page of users.', USERS, documentation('Users API')), ...READS },
    failures: [],
    refusals: ['parameter-invalid', 'user-list-anonymous'],
    orderings: ['users-newest-first'],
    provenBy: [GITBEAKER],
    missing: ['order_by and sort of administrators', 'filters by dates and identities'],
  },
  'gitlab.getUser': {
    summary: 'Get a user',
    successes: {
      ok: outcome(200, 'The user as others see them.', USERS, documentation('Users API')),
      ...READS,
    },
    failures: [],
    refusals: ['parameter-invalid', 'user-anonymous', 'user-not-found'],
    provenBy: [GITBEAKER],
  },
  'gitlab.getOwnToken': {
    summary: 'Get the token that is used',
    successes: {
      ok: outcome(
        200,
        'The token, whatever its scopes are.',
        source('lib/api/personal_access_tokens/self_information.rb', { since: '15.5' }),
        documentation('Personal access tokens API'),
      ),
      ...READS,
    },
    failures: [],
    refusals: [],
    provenBy: [GITBEAKER],
    missing: ['400 for tokens that are no personal ones'],
  },
  'gitlab.getVersion': {
    summary: 'Get the version',
    successes: {
      ok: outcome(
        200,
        'Version and revision; since 15.2 all that metadata has, which the printed page leaves out.',
        METADATA,
        documentation('Version API'),
      ),
      ...READS,
    },
    failures: [],
    refusals: [],
    provenBy: [],
  },
  'gitlab.getMetadata': {
    summary: 'Get the metadata',
    successes: {
      ok: outcome(
        200,
        'Version, revision, edition, and no agent server.',
        METADATA,
        documentation('Metadata API'),
      ),
      ...READS,
    },
    failures: [],
    refusals: [],
    provenBy: [GITBEAKER],
  },
} as const satisfies Record<string, OperationEvidence<RefusalName>>
