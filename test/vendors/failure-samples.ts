import type { FailureCode, Failures, FailureTable } from '../../src/failure.ts'
import type { VendorEvidence } from '../../src/vendors/evidence.ts'

const ref = { ref: 'refs/tags/v1', name: 'v1' }
const oid = '1111111111111111111111111111111111111111'

/** Facts for each failure of the forge. */
const samples: { readonly [Code in FailureCode]: Failures[Code] } = {
  'credential-unknown': {},
  'credential-missing': {},
  'token-expired': {},
  'token-revoked': {},
  'scope-missing': { needed: ['api'] },
  'sudo-refused': { reason: 'not-admin' },
  'user-missing': { user: 'sam' },
  'user-blocked': { user: 'bob' },
  'owner-missing': { owner: 'acme' },
  'project-missing': { project: 'acme/widgets' },
  'project-hidden': { project: 'acme/widgets' },
  'project-archived': { project: 'acme/widgets' },
  'project-moved': { project: 'acme/widgets', id: 1 },
  'feature-hidden': { project: 'acme/widgets', feature: 'repository' },
  'repository-missing': { project: 'acme/widgets' },
  'role-too-low': { needed: 'developer', role: 'guest' },
  'repository-empty': { project: 'acme/widgets' },
  'revision-empty': {},
  'revision-unknown': { revision: 'main', ambiguous: false },
  'ref-name-invalid': { name: 'a..b', rule: 'has two dots' },
  'ref-exists': ref,
  'ref-missing': ref,
  'ref-conflict': { ...ref, other: 'v1/x' },
  'ref-changed': ref,
  'ref-target-invalid': { ref: 'refs/heads/main', oid, reason: 'a branch must hold a commit, not a tree' },
  'object-missing': { oid },
  'object-corrupt': { oid, reason: 'it ends too early' },
  'repository-unreadable': { path: 'widgets.git', reason: 'there is no such folder' },
  'tag-protected': { name: 'v1', pattern: 'v*' },
  'rule-missing': { rule: 'v*' },
  'rule-exists': { pattern: 'v*' },
  'release-missing': { tag: 'v1' },
  'release-exists': { tag: 'v1' },
}

/** Failures whose evidence has another status than the table of the vendor. */
export function misdeclaredFailures<Answer>(
  { failures }: VendorEvidence,
  table: FailureTable<Answer>,
  statusOf: (answer: Answer) => number,
): string[] {
  const codes = Object.keys(samples) as FailureCode[]
  return codes.filter((code) => {
    const answer = table[code] as (facts: Failures[FailureCode]) => Answer
    const { status, otherStatuses = [] } = failures[code]
    return ![status, ...otherStatuses].includes(statusOf(answer(samples[code])))
  })
}
