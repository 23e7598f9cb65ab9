import type { VendorEvidence } from '../../evidence.ts'
import { branches } from './branches.ts'
import { commits } from './commits.ts'
import { failures } from './failures.ts'
import { headers } from './headers.ts'
import { orderings } from './orderings.ts'
import { projects } from './projects.ts'
import { pullRequests } from './pull-requests.ts'
import { type RefusalName, refusals } from './refusals.ts'
import { tags } from './tags.ts'
import { webhooks } from './webhooks.ts'

const operations = { ...projects, ...tags, ...branches, ...commits, ...pullRequests, ...webhooks }

export type Operation = keyof typeof operations

/** What Bitbucket answers, and where that is known from. */
export const evidence = {
  operations,
  failures,
  refusals,
  everywhere: {
    failures: [
      'credential-unknown',
      'token-expired',
      'token-revoked',
      'user-blocked',
      'object-missing',
      'object-corrupt',
      'repository-unreadable',
    ],
    refusals: [
      'encoded-separator',
      'url-malformed',
      'request-broken',
      'body-too-large',
      'unknown-route',
      'unknown-in-this-version',
      'method-not-allowed',
      'not-acceptable',
    ],
  },
  headers,
  orderings,
} satisfies VendorEvidence<Operation, RefusalName>
