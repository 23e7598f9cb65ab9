import type { OperationEvidence, VendorEvidence } from '../../evidence.ts'
import { failures } from './failures.ts'
import { headers } from './headers.ts'
import { orderings } from './orderings.ts'
import { projects } from './projects.ts'
import { type RefusalName, refusals } from './refusals.ts'
import { repository } from './repository.ts'
import { tags } from './tags.ts'

const operations = { ...tags, ...repository, ...projects } satisfies Record<
  string,
  OperationEvidence<RefusalName>
>

export type GitFlicOperation = keyof typeof operations

/** All that GitFlic answers here, and where it is known from. */
export const evidence: VendorEvidence<GitFlicOperation, RefusalName> = {
  operations,
  failures,
  refusals,
  everywhere: {
    failures: [
      'credential-unknown',
      'credential-missing',
      'token-expired',
      'token-revoked',
      'user-blocked',
      'scope-missing',
      'object-corrupt',
      'repository-unreadable',
    ],
    refusals: ['url-refused', 'unknown-route', 'method-not-allowed', 'body-too-large', 'request-malformed'],
  },
  headers,
  orderings,
}
