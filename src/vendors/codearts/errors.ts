import { answerFailure, type FailureTable, ForgeError } from '../../failure.ts'
import type { RefusalName } from './evidence/refusals.ts'

/**
 * What a request is refused for, before either generation of the API has put it into its own words. `hidden` are projects
 * that the caller is no member of.
 */
export type Refusal =
  | {
      readonly kind: 'unauthenticated' | 'forbidden' | 'hidden' | 'repository-missing' | 'missing' | 'failure'
    }
  | { readonly kind: 'invalid'; readonly field: string; readonly reason: string }
  /** The gateway in front of the service speaks for itself, in the same words for all generations. */
  | {
      readonly kind: 'gateway'
      readonly status: number
      readonly code: string
      readonly message: string
    }

/** A refusal raised by this vendor's own code. */
export class CodeArtsError extends Error {
  /** Which rule the request breaks; where that is known from stands in `evidence/`. */
  readonly rule: RefusalName
  readonly refusal: Refusal

  constructor(rule: RefusalName, refusal: Refusal) {
    super(JSON.stringify(refusal))
    this.name = 'CodeArtsError'
    this.rule = rule
    this.refusal = refusal
  }
}

/** Throws a refusal, as an expression. */
export function refuse(rule: RefusalName, refusal: Refusal): never {
  throw new CodeArtsError(rule, refusal)
}

/** Throws: a parameter does not fit. */
export function refuseField(rule: RefusalName, field: string, reason: string): never {
  return refuse(rule, { kind: 'invalid', field, reason })
}

/** A wrong method is an unknown route too: the gateway publishes each API by both. */
export const UNKNOWN_ROUTE: Refusal = {
  kind: 'gateway',
  status: 404,
  code: 'APIGW.0101',
  message: 'The API does not exist or has not been published in the environment',
}

/** Throws: the gateway could not make anything of the signature. */
export function refuseSignature(rule: RefusalName, reason: string): never {
  const message = `Incorrect IAM authentication information: ${reason}`
  return refuse(rule, { kind: 'gateway', status: 401, code: 'APIGW.0301', message })
}

const UNAUTHENTICATED = { kind: 'unauthenticated' } as const
const FORBIDDEN = { kind: 'forbidden' } as const
const MISSING = { kind: 'missing' } as const
const FAILURE = { kind: 'failure' } as const

/** What the framework refuses has no rule of its own. */
export function frameworkRule({ statusCode }: { readonly statusCode?: number }): RefusalName {
  return statusCode === 413 ? 'body-too-large' : 'request-broken'
}

/** Each failure of the forge. https://support.huaweicloud.com/intl/en-us/api-codeartsrepo/ErrorCode.html */
export const failures: FailureTable<Refusal> = {
  'credential-unknown': () => UNAUTHENTICATED,
  'credential-missing': () => UNAUTHENTICATED,
  'token-expired': () => UNAUTHENTICATED,
  'token-revoked': () => UNAUTHENTICATED,
  'scope-missing': () => FORBIDDEN,
  'sudo-refused': () => FORBIDDEN,
  'user-missing': () => MISSING,
  'user-blocked': () => UNAUTHENTICATED,
  'owner-missing': () => MISSING,
  'project-missing': () => ({ kind: 'repository-missing' }),
  'project-hidden': () => ({ kind: 'hidden' }),
  'project-archived': () => FORBIDDEN,
  'project-moved': () => ({ kind: 'repository-missing' }),
  'feature-hidden': () => FORBIDDEN,
  'repository-missing': () => ({ kind: 'repository-missing' }),
  'role-too-low': ({ role }) => ({ kind: role === null ? 'hidden' : 'forbidden' }),
  'repository-empty': () => invalid('ref', 'The ref does not exist.'),
  'revision-empty': () => invalid('ref', 'The ref cannot be empty.'),
  'revision-unknown': () => invalid('ref', 'The ref does not exist.'),
  'ref-name-invalid': ({ rule }) => invalid('tag_name', `The name is invalid: ${rule}.`),
  'ref-exists': ({ ref }) => invalid(fieldOf(ref), `The ${kindOf(ref)} already exists.`),
  'ref-missing': () => MISSING,
  'ref-conflict': ({ ref, other }) =>
    invalid(fieldOf(ref), `The name conflicts with the existing ${kindOf(ref)} ${other}.`),
  'ref-changed': ({ ref }) => invalid(fieldOf(ref), `The ${kindOf(ref)} has just been changed.`),
  'ref-target-invalid': () => invalid('ref', 'The ref is not a commit.'),
  'object-missing': () => MISSING,
  'object-corrupt': () => FAILURE,
  'repository-unreadable': () => FAILURE,
  'tag-protected': () => FORBIDDEN,
  'rule-missing': () => MISSING,
  'rule-exists': ({ pattern }) => invalid('names', `The protected tag ${pattern} already exists.`),
  'release-missing': () => MISSING,
  'release-exists': () => invalid('tag_name', 'The release already exists.'),
}

/** What any error amounts to: the forge's, this vendor's, or the framework's. */
export function refusalOf(error: Error & { statusCode?: number }, bodyLimit: number): Refusal {
  if (error instanceof CodeArtsError) return error.refusal
  if (error instanceof ForgeError) return answerFailure(failures, error)
  const { statusCode = 500 } = error
  if (statusCode === 413) return invalid('body', `The body is out of max length (${bodyLimit} characters).`)
  return statusCode < 500 ? invalid('body', 'The request cannot be read.') : FAILURE
}

function invalid(field: string, reason: string): Refusal {
  return { kind: 'invalid', field, reason }
}

function fieldOf(ref: string): string {
  return ref.startsWith('refs/heads/') ? 'branch' : 'tag_name'
}

function kindOf(ref: string): string {
  return ref.startsWith('refs/heads/') ? 'branch' : 'tag'
}
