import { answerFailure, type FailureCode, type FailureTable, ForgeError } from '../../failure.ts'
import type { RefusalName } from './evidence/refusals.ts'

/** What a failed request gets. A body that is a string goes out as plain text. */
export interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>> | string
  readonly headers?: Readonly<Record<string, string>>
}

/** What a refusal is by: a rule of this vendor's, or a failure of the forge that it words in its own way. */
export type RuleName = RefusalName | FailureCode

/** An answer raised by this vendor's own code: a parameter that does not fit, a body that does not parse. */
export class GitLabError extends Error {
  readonly rule: RuleName
  readonly answer: Answer

  constructor(rule: RuleName, answer: Answer) {
    super(JSON.stringify(answer.body))
    this.name = 'GitLabError'
    this.rule = rule
    this.answer = answer
  }
}

/** An answer under the key `message`: everything that is not parameter validation, OAuth or an unknown route. */
export function message(status: number, text: string | readonly string[]): Answer {
  return { status, body: { message: text } }
}

export const FORBIDDEN = message(403, '403 Forbidden')
export const UNAUTHORIZED = message(401, '401 Unauthorized')
/** GitLab's middleware turns null bytes, broken UTF-8 and broken percent-escapes away before any API code runs. */
export const MALFORMED: Answer = { status: 400, body: 'Bad Request' }
export const UNKNOWN_ROUTE: Answer = { status: 404, body: { error: '404 Not Found' } }
const SERVER_ERROR = message(500, '500 Internal Server Error')
const PROTECTED = 'You are not allowed to create this tag as it is protected.'

/** Each failure of the forge, in GitLab's words. lib/api/helpers.rb, lib/api/api_guard.rb, Tags::CreateService. */
export const failures: FailureTable<Answer> = {
  'credential-unknown': () => UNAUTHORIZED,
  'credential-missing': () => UNAUTHORIZED,
  'token-expired': () => deadToken('Token is expired. You can either do re-authorization or token refresh.'),
  'token-revoked': () => deadToken('Token was revoked. You have to re-authorize from the user.'),
  'scope-missing': ({ needed }) => ({
    status: 403,
    body: {
      error: 'insufficient_scope',
      error_description: 'The request requires higher privileges than provided by the access token.',
      scope: needed.join(' '),
    },
  }),
  'sudo-refused': ({ reason }) =>
    message(
      403,
      `403 Forbidden - ${reason === 'not-admin' ? 'Must be admin to use sudo' : 'Private token must be specified in order to use sudo'}`,
    ),
  'user-missing': ({ user }) => message(404, `404 User with ID or username '${user}' Not Found`),
  'user-blocked': () => message(403, '403 Forbidden - Your account has been blocked.'),
  'owner-missing': () => message(404, '404 Namespace Not Found'),
  'project-missing': () => message(404, '404 Project Not Found'),
  'project-hidden': () => message(404, '404 Project Not Found'),
  'project-archived': () => FORBIDDEN,
  'project-moved': () => message(405, 'Non GET methods are not allowed for moved projects'),
  'feature-hidden': () => FORBIDDEN,
  'repository-missing': () => message(404, '404 Not Found'),
  'role-too-low': () => FORBIDDEN,
  'repository-empty': () => message(400, 'Target main is invalid'),
  'revision-empty': () => message(400, 'Target is empty'),
  'revision-unknown': ({ revision }) => message(400, `Target ${revision} is invalid`),
  'ref-name-invalid': () => message(400, 'Tag name invalid'),
  'ref-exists': ({ name }) => message(400, `Tag ${name} already exists`),
  'ref-missing': ({ ref }) =>
    message(404, ref.startsWith('refs/heads/') ? '404 Branch Not Found' : '404 Tag Not Found'),
  'ref-conflict': ({ name }) => message(400, `Target ${name} is invalid`),
  'ref-changed': ({ name }) => message(400, `Target ${name} is invalid`),
  'ref-target-invalid': ({ ref }) => message(400, `Target ${ref} is invalid`),
  'object-missing': () => message(404, '404 Commit Not Found'),
  'object-corrupt': () => SERVER_ERROR,
  'repository-unreadable': () => message(503, '503 Service Unavailable'),
  'tag-protected': () => message(400, PROTECTED),
  'rule-missing': () => message(404, '404 Not found'),
  'rule-exists': () => message(422, ['Name has already been taken']),
  'release-missing': () => message(404, '404 Not Found'),
  'release-exists': () => message(409, 'Release already exists'),
}

function deadToken(description: string): Answer {
  return {
    status: 401,
    body: { error: 'invalid_token', error_description: description },
    headers: {
      'www-authenticate': `Bearer realm="Protected by OAuth 2.0", error="invalid_token", error_description="${description}"`,
    },
  }
}

/** What GitLab would say to any error: the forge's, this vendor's, or the framework's. */
export function answerTo(error: Error & { statusCode?: number }): Answer {
  if (error instanceof GitLabError) return error.answer
  if (error instanceof ForgeError) return answerFailure(failures, error)
  if (error.statusCode === 413) return message(413, '413 Request Entity Too Large')
  return error.statusCode !== undefined && error.statusCode < 500 ? MALFORMED : SERVER_ERROR
}

/** By which rule that is; null for a fault of ours. */
export function ruleOf(error: Error): RuleName | null {
  if (error instanceof GitLabError) return error.rule
  return error instanceof ForgeError ? error.code : frameworkRule(error)
}

/** The rule of what Fastify itself refuses. */
export function frameworkRule({ statusCode }: Error & { statusCode?: number }): RefusalName | null {
  if (statusCode === 413) return 'body-too-large'
  return statusCode !== undefined && statusCode < 500 ? 'request-malformed' : null
}

/** Throws an answer, as an expression. `rule` is told to whoever asks by what a request was refused. */
export function refuse(rule: RuleName, answer: Answer): never {
  throw new GitLabError(rule, answer)
}
