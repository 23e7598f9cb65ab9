import { answerFailure, type FailureTable, ForgeError } from '../../failure.ts'
import type { RefusalName } from './evidence/refusals.ts'
import type { Quirks } from './quirks.ts'

/** A field of a 422 body. */
export interface FieldError {
  readonly field: string
  readonly title: 'error.field.empty' | 'error.field.invalid' | 'error.field.exists'
}

export interface ErrorBody {
  readonly title: string
  readonly status: number
  readonly errors?: readonly FieldError[]
}

/** What a failed request gets; a body of null goes out as no bytes at all. */
export interface Answer {
  readonly status: number
  readonly body: ErrorBody | null
  readonly headers?: Readonly<Record<string, string>>
}

/** An answer raised by this vendor's own code: a body that does not parse, a field that does not fit. */
export class GitFlicError extends Error {
  readonly rule: RefusalName
  readonly answer: Answer

  constructor(rule: RefusalName, answer: Answer) {
    super(JSON.stringify(answer.body))
    this.name = 'GitFlicError'
    this.rule = rule
    this.answer = answer
  }
}

/** Clients tell a bad token from missing rights by this word alone. */
export const UNAUTHENTICATED = failure(403, 'AuthenticationException')
export const ACCESS_DENIED = failure(403, 'error.access.denied')
export const NOT_FOUND = failure(404, 'error.not.found')
export const UNSUPPORTED_MEDIA = failure(415, 'error.media.type.not.supported')
export const BAD_REQUEST = failure(400, 'error.bad.request')
/** What Tomcat and Spring's firewall turn away never reaches the application and gets no body. */
export const REFUSED_URL: Answer = { status: 400, body: null }
const TOO_LARGE = failure(413, 'error.payload.too.large')
const SERVER_ERROR = failure(500, 'error.internal')
const NO_METHOD = failure(405, 'error.method.not.allowed')
const TOO_MANY = failure(429, 'error.too.many.requests')

/** The envelope of every error; GitFlic's own is not documented, so clients go by the status. */
function failure(status: number, title: string): Answer {
  return { status, body: { title, status } }
}

export function invalid(...errors: FieldError[]): Answer {
  return { status: 422, body: { title: 'error.validation', status: 422, errors } }
}

export function methodNotAllowed(allow: string): Answer {
  return { ...NO_METHOD, headers: { allow } }
}

/** What a status is told with when nothing is known of a request but that it failed. */
export function answerNamed(status: number): Answer {
  if (status === 422) return invalid()
  const known = [
    BAD_REQUEST,
    ACCESS_DENIED,
    NOT_FOUND,
    NO_METHOD,
    TOO_LARGE,
    UNSUPPORTED_MEDIA,
    TOO_MANY,
    SERVER_ERROR,
  ]
  return known.find((answer) => answer.status === status) ?? failure(status, `error.http.${status}`)
}

/** Each failure of the forge, in GitFlic's words. */
export function failuresWith({ duplicateStatus }: Quirks): FailureTable<Answer> {
  return {
    'credential-unknown': () => UNAUTHENTICATED,
    'credential-missing': () => UNAUTHENTICATED,
    'token-expired': () => UNAUTHENTICATED,
    'token-revoked': () => UNAUTHENTICATED,
    'scope-missing': () => ACCESS_DENIED,
    'sudo-refused': () => ACCESS_DENIED,
    'user-missing': () => NOT_FOUND,
    'user-blocked': () => ACCESS_DENIED,
    'owner-missing': () => NOT_FOUND,
    'project-missing': () => NOT_FOUND,
    'project-hidden': () => ACCESS_DENIED,
    'project-archived': () => ACCESS_DENIED,
    'project-moved': () => NOT_FOUND,
    'feature-hidden': () => ACCESS_DENIED,
    'repository-missing': () => NOT_FOUND,
    'role-too-low': () => ACCESS_DENIED,
    'repository-empty': () => NOT_FOUND,
    'revision-empty': () => NOT_FOUND,
    'revision-unknown': () => NOT_FOUND,
    'ref-name-invalid': () => invalid({ field: 'tagName', title: 'error.field.invalid' }),
    'ref-exists': ({ ref }) => taken(ref, duplicateStatus),
    'ref-missing': () => NOT_FOUND,
    'ref-conflict': ({ ref }) => taken(ref, 422),
    'ref-changed': ({ ref }) => taken(ref, duplicateStatus),
    'ref-target-invalid': () => NOT_FOUND,
    'object-missing': () => NOT_FOUND,
    'object-corrupt': () => SERVER_ERROR,
    'repository-unreadable': () => SERVER_ERROR,
    'tag-protected': () => ACCESS_DENIED,
    'rule-missing': () => NOT_FOUND,
    'rule-exists': () => invalid({ field: 'tagTemplate', title: 'error.field.exists' }),
    'release-missing': () => NOT_FOUND,
    'release-exists': () => invalid({ field: 'tagName', title: 'error.field.exists' }),
  }
}

/** A name that is taken; which status duplicate tags get is a quirk, branches have always the same. */
function taken(ref: string, status: number): Answer {
  if (!ref.startsWith('refs/tags/')) return invalid({ field: 'newBranch', title: 'error.field.exists' })
  const errors: FieldError[] = [{ field: 'tagName', title: 'error.field.exists' }]
  return { status, body: { title: 'error.validation', status, errors } }
}

/** What GitFlic would say to any error: the forge's, this vendor's, or the framework's. */
export function answerWith(quirks: Quirks): (error: Error & { statusCode?: number }) => Answer {
  const failures = failuresWith(quirks)
  return (error) => {
    if (error instanceof GitFlicError) return error.answer
    if (error instanceof ForgeError) return answerFailure(failures, error)
    if (error.statusCode === 413) return TOO_LARGE
    if (error.statusCode === 415) return UNSUPPORTED_MEDIA
    return error.statusCode !== undefined && error.statusCode < 500 ? BAD_REQUEST : SERVER_ERROR
  }
}

/** The rule of what Fastify itself refuses; null for a fault of ours. */
export function frameworkRule({ statusCode }: Error & { statusCode?: number }): RefusalName | null {
  if (statusCode === 413) return 'body-too-large'
  if (statusCode === 415) return 'media-type-unsupported'
  return statusCode !== undefined && statusCode < 500 ? 'request-malformed' : null
}

/** Throws an answer, as an expression. `rule` is told to whoever asks by what a request was refused. */
export function refuse(rule: RefusalName, answer: Answer): never {
  throw new GitFlicError(rule, answer)
}
