import type { VendorEvidence } from '../../evidence.ts'
import { failures } from './failures.ts'
import { headers } from './headers.ts'
import { history } from './history.ts'
import { hooks } from './hooks.ts'
import { legacy } from './legacy.ts'
import { orderings } from './orderings.ts'
import { protectedTags } from './protected-tags.ts'
import { type RefusalName, refusals } from './refusals.ts'
import { repositories } from './repositories.ts'
import { tags } from './tags.ts'

const operations = { ...tags, ...protectedTags, ...history, ...repositories, ...hooks, ...legacy }

export type Operation = keyof typeof operations

/** What CodeArts Repo answers, and where that is known from. */
export const evidence = {
  operations,
  failures,
  refusals,
  everywhere: {
    failures: [
      'credential-missing',
      'credential-unknown',
      'token-expired',
      'token-revoked',
      'user-blocked',
      // Of a repository that is damaged; operations that look for something name it, too.
      'object-missing',
      'object-corrupt',
      'repository-unreadable',
    ],
    refusals: [
      'unknown-route',
      'url-malformed',
      'access-key-unknown',
      'signature-wrong',
      'signature-expired',
      'body-too-large',
      'request-broken',
    ],
  },
  headers,
  orderings,
} satisfies VendorEvidence<Operation, RefusalName>
