import { answerFailure, type FailureTable, ForgeError } from '../../failure.ts'
import type { Profile } from './profiles.ts'

interface Refusal {
  readonly status: number
  /** Null where the profile decides. */
  readonly text: string | null
}

/** lib/gitlab/git_access.rb, ERROR_MESSAGES */
export const ACCESS = {
  upload: 'You are not allowed to upload code.',
  download: 'You are not allowed to download code from this project.',
  repository: 'A repository for this project does not exist yet.',
  project: "The project you were looking for could not be found or you don't have permission to view it.",
  command: "The command you're trying to execute is not allowed.",
  push: 'You are not allowed to push code to this project.',
  archived: "You can't push code to an archived project.",
  blocked: 'Your account has been blocked.',
} as const

const forbidden = (text: string) => (): Refusal => ({ status: 403, text })
const missing = (text: string) => (): Refusal => ({ status: 404, text })
const denied = (): Refusal => ({ status: 401, text: null })
const broken = (): Refusal => ({ status: 500, text: '500 Internal Server Error' })

/** What can fail before git's own protocol begins, and what cannot (a fault of ours, then). */
const refusals: FailureTable<Refusal> = {
  'credential-unknown': denied,
  'credential-missing': denied,
  'token-expired': denied,
  'token-revoked': denied,
  'scope-missing': forbidden(ACCESS.upload),
  'sudo-refused': denied,
  'user-missing': denied,
  'user-blocked': forbidden(ACCESS.blocked),
  'owner-missing': missing(ACCESS.project),
  'project-missing': missing(ACCESS.project),
  'project-hidden': missing(ACCESS.project),
  'project-archived': forbidden(ACCESS.archived),
  'project-moved': missing(ACCESS.project),
  'feature-hidden': forbidden(ACCESS.download),
  'repository-missing': missing(ACCESS.repository),
  'role-too-low': forbidden(ACCESS.push),
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
  'tag-protected': broken,
  'rule-missing': broken,
  'rule-exists': broken,
  'release-missing': broken,
  'release-exists': broken,
}

/** Status and text for anything that stops a git request. `base` is the address of GitLab, for links to its help. */
export function describeRefusal(
  error: Error,
  profile: Profile,
  base: string,
): { readonly status: number; readonly text: string } {
  const { status, text } = error instanceof ForgeError ? answerFailure(refusals, error) : broken()
  return { status, text: text ?? accessDenied(profile, base) }
}

/** The text has grown over the years. */
function accessDenied({ version }: Profile, base: string): string {
  const major = Number.parseInt(version, 10)
  if (major < 14) return 'HTTP Basic: Access denied\n'
  if (major < 17) {
    const help = `${base}/help/topics/git/troubleshooting_git#error-on-git-fetch-http-basic-access-denied`
    return `HTTP Basic: Access denied. The provided password or token is incorrect or your account has 2FA enabled and you must use a personal access token instead of a password. See ${help}`
  }
  const help = `${base}/help/topics/git/troubleshooting_git.md#error-on-git-fetch-http-basic-access-denied`
  return `HTTP Basic: Access denied. If a password was provided for Git authentication, the password was incorrect or you're required to use a token instead of a password. If a token was provided, it was either incorrect, expired, or improperly scoped. See ${help}`
}
