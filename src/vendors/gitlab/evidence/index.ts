import type { OperationEvidence, VendorEvidence } from '../../evidence.ts'
import { branches } from './branches.ts'
import { commits } from './commits.ts'
import { failures } from './failures.ts'
import { files } from './files.ts'
import { headers } from './headers.ts'
import { hooks } from './hooks.ts'
import { orderings } from './orderings.ts'
import { projects } from './projects.ts'
import { protectedTags } from './protected-tags.ts'
import { type RefusalName, refusals } from './refusals.ts'
import { releaseLinks } from './release-links.ts'
import { releases } from './releases.ts'
import { server } from './server.ts'
import { tags } from './tags.ts'
import { users } from './users.ts'

const operations = {
  ...tags,
  ...protectedTags,
  ...releases,
  ...releaseLinks,
  ...branches,
  ...commits,
  ...files,
  ...projects,
  ...users,
  ...hooks,
  ...server,
} satisfies Record<string, OperationEvidence<RefusalName>>

export type GitLabOperation = keyof typeof operations

/** All that GitLab answers here, and where it is known from. */
export const evidence: VendorEvidence<GitLabOperation, RefusalName> = {
  operations,
  failures,
  refusals,
  everywhere: {
    failures: [
      'credential-unknown',
      'credential-missing',
      'token-expired',
      'token-revoked',
      'scope-missing',
      'sudo-refused',
      'user-missing',
      'user-blocked',
      'object-corrupt',
      'repository-unreadable',
    ],
    refusals: [
      'unknown-route',
      'request-malformed',
      'content-type-unsupported',
      'json-malformed',
      'body-too-large',
    ],
  },
  headers,
  orderings,
}
