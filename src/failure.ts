/**
 * Every way in which fakeforge can refuse something, with the facts that explain it.
 *
 * The list is closed: each vendor has one total table from these codes to its own status and body, so a new failure does
 * not compile until all vendors have said what they answer. No status and no wording of a vendor lives here.
 */
export interface Failures {
  // credentials
  'credential-unknown': Record<never, never>
  'credential-missing': Record<never, never>
  'token-expired': Record<never, never>
  'token-revoked': Record<never, never>
  'scope-missing': { readonly needed: readonly string[] }
  'sudo-refused': { readonly reason: 'not-admin' | 'scope' }
  'user-missing': { readonly user: string }
  'user-blocked': { readonly user: string }
  // projects and roles
  'owner-missing': { readonly owner: string }
  'project-missing': { readonly project: string }
  'project-hidden': { readonly project: string }
  'project-archived': { readonly project: string }
  /** The project goes by another path now. */
  'project-moved': { readonly project: string; readonly id: number }
  'feature-hidden': { readonly project: string; readonly feature: string }
  'repository-missing': { readonly project: string }
  'role-too-low': { readonly needed: string; readonly role: string | null }
  // git
  'repository-empty': { readonly project: string }
  'revision-empty': Record<never, never>
  'revision-unknown': { readonly revision: string; readonly ambiguous: boolean }
  'ref-name-invalid': { readonly name: string; readonly rule: string }
  'ref-exists': { readonly ref: string; readonly name: string }
  'ref-missing': { readonly ref: string; readonly name: string }
  /** A directory/file clash: `v1` exists and `v1/x` is wanted, or the reverse. */
  'ref-conflict': { readonly ref: string; readonly name: string; readonly other: string }
  /** The ref moved between looking and writing (compare-and-set lost). */
  'ref-changed': { readonly ref: string; readonly name: string }
  /** The object is there, but this ref may not hold it: a branch that would lead to something else than a commit. */
  'ref-target-invalid': { readonly ref: string; readonly oid: string; readonly reason: string }
  'object-missing': { readonly oid: string }
  'object-corrupt': { readonly oid: string; readonly reason: string }
  'repository-unreadable': { readonly path: string; readonly reason: string }
  // tag rules
  'tag-protected': { readonly name: string; readonly pattern: string }
  'rule-missing': { readonly rule: string }
  'rule-exists': { readonly pattern: string }
  // releases
  'release-missing': { readonly tag: string }
  'release-exists': { readonly tag: string }
}

export type FailureCode = keyof Failures

/** What a vendor supplies: one function per failure, from its facts to that vendor's answer. */
export type FailureTable<Answer> = { readonly [Code in FailureCode]: (facts: Failures[Code]) => Answer }

/** The one exception of `git/` and `forge/`. Callers switch on `code`, never on the message. */
export class ForgeError<Code extends FailureCode = FailureCode> extends Error {
  readonly code: Code
  readonly details: Failures[Code]

  constructor(code: Code, details: Failures[Code]) {
    super(`${code} ${JSON.stringify(details)}`)
    this.name = 'ForgeError'
    this.code = code
    this.details = details
  }
}

/** Throws a ForgeError, as an expression. */
export function fail<Code extends FailureCode>(code: Code, details: Failures[Code]): never {
  throw new ForgeError(code, details)
}

/** The vendor's answer to a failure: looks its code up in the table and hands it the facts. */
export function answerFailure<Answer>(table: FailureTable<Answer>, error: ForgeError): Answer {
  const answer = table[error.code] as (facts: Failures[FailureCode]) => Answer
  return answer(error.details)
}
