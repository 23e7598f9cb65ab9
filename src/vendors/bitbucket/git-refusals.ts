import { answerFailure, type FailureTable, ForgeError } from '../../failure.ts'
import type { GitAnswer } from '../git-face.ts'

interface Refusal {
  readonly status: number
  /** git prints it line by line after `remote: `. */
  readonly text: string
}

const UNAUTHENTICATED: Refusal = {
  status: 401,
  text: 'Authentication failed\nPlease check your credentials and try again.\n',
}
const NOT_FOUND: Refusal = {
  status: 404,
  text: 'Repository not found\nThe requested repository does not exist, or you do not have permission to access it.\n',
}
const FORBIDDEN: Refusal = { status: 403, text: 'You are not permitted to access this resource\n' }
const UNLICENSED: Refusal = { status: 403, text: 'You are not currently licensed to use Bitbucket.\n' }
const READ_ONLY: Refusal = {
  status: 403,
  text: 'Repository is archived\nThe repository is archived and cannot be pushed to.\n',
}
const BROKEN: Refusal = { status: 500, text: 'An error occurred while processing the request.\n' }

const denied = (): Refusal => UNAUTHENTICATED
const missing = (): Refusal => NOT_FOUND
const forbidden = (): Refusal => FORBIDDEN
const broken = (): Refusal => BROKEN

/** What can fail before git's own protocol begins, and what cannot (a fault of ours, then). */
const refusals: FailureTable<Refusal> = {
  'credential-unknown': denied,
  'credential-missing': denied,
  'token-expired': denied,
  'token-revoked': denied,
  'scope-missing': forbidden,
  'sudo-refused': denied,
  'user-missing': missing,
  'user-blocked': () => UNLICENSED,
  'owner-missing': missing,
  'project-missing': missing,
  'project-hidden': missing,
  'project-archived': () => READ_ONLY,
  'project-moved': missing,
  'feature-hidden': missing,
  'repository-missing': missing,
  'role-too-low': forbidden,
  'repository-empty': broken,
  'revision-empty': broken,
  'revision-unknown': broken,
  'ref-name-invalid': broken,
  'ref-exists': broken,
  'ref-missing': broken,
  'ref-conflict': broken,
  'ref-changed': broken,
  'ref-target-invalid': broken,
  'object-missing': broken,
  'object-corrupt': broken,
  'repository-unreadable': broken,
  'tag-protected': forbidden,
  'rule-missing': broken,
  'rule-exists': broken,
  'release-missing': broken,
  'release-exists': broken,
}

/** The answer to anything that stops a git request. */
export function answerGit(error: Error): GitAnswer {
  const { status, text } = error instanceof ForgeError ? answerFailure(refusals, error) : BROKEN
  const challenge: Record<string, string> =
    status === 401 ? { 'www-authenticate': 'Basic realm="Atlassian Bitbucket"' } : {}
  return { status, headers: { 'content-type': 'text/plain;charset=UTF-8', ...challenge }, body: text }
}
