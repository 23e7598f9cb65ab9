/**
 * The versions of GitLab that can be imitated, as the differences that a client sees (vendor notes §14).
 * `documented` answers as the printed API page says where the page contradicts the servers.
 */
export interface Profile {
  readonly name: string
  /** As `GET /version` reports it; `-ee` is the edition that most installations run, licensed or not. */
  readonly version: string
  readonly revision: string
  /** `order_by=version`, since 15.4. */
  readonly hasVersionOrder: boolean
  /** `GET …/signature`, since 15.7. */
  readonly hasSignature: boolean
  /** `created_at` in the tag, since 16.11. */
  readonly hasTagCreatedAt: boolean
  /** `release_description` and `POST|PUT …/tags/:tag_name/release`, until 13.12. */
  readonly hasTagRelease: boolean
  /** Whether `release` is left out for viewers who may not read releases; older servers always showed it. */
  readonly hidesRelease: boolean
  /** How `X-Total-Pages` of the first page is computed; `plain`: the first page is like any other. */
  readonly firstPage: 'plain' | 'floor-plus-one' | 'ceil'
  readonly hasKeyset: boolean
  /** 13 sorted names naturally and `updated` by the peeled commit, both as the plain reverse of the ascending list. */
  readonly sortsLikeRuby: boolean
  readonly trailers: 'none' | 'trailers' | 'extended'
  /** Names that begin with 40 hex digits are refused, since 16. */
  readonly refusesShaNames: boolean
  /** The list takes a CI job token, since 17. */
  readonly jobTokenLists: boolean
  /** The role was checked before the tag was looked up on DELETE, until 14. */
  readonly deleteChecksRoleFirst: boolean
  /** A release that does not exist was 403 for everybody, since nobody may read what is not there; until 15. */
  readonly forbidsMissingRelease: boolean
  /** `GET /metadata`, since 15.2; `GET /version` has answered the same from then on. */
  readonly hasMetadata: boolean
  /** `GET /personal_access_tokens/self`, since 15.5. */
  readonly hasTokenSelf: boolean
  /** A refused branch is told as `Failed to create branch …`, since 15. */
  readonly namesFailedBranch: boolean
  /** What webhooks say of themselves: only their event; since 14.8 its id too; since 17.4 an idempotency key and the rest. */
  readonly hookHeaders: 'event' | 'event-id' | 'all'
  /** `ref_protected` and `title` of commits in what webhooks are sent, and e-mail addresses kept from it. */
  readonly hasRecentPushData: boolean
  /** `POST …/hooks/:hook_id/test/:trigger`, since 16.11. */
  readonly hasHookTest: boolean
  /** The printed page: `message: null` for lightweight tags, 405 for a refused creation, `404 GPG Signature Not Found`. */
  readonly isDocumented: boolean
}

const current: Profile = {
  name: 'current',
  version: '18.5.0-ee',
  revision: '2a1c9fc1c4c',
  hasVersionOrder: true,
  hasSignature: true,
  hasTagCreatedAt: true,
  hasTagRelease: false,
  hidesRelease: true,
  firstPage: 'ceil',
  hasKeyset: true,
  sortsLikeRuby: false,
  trailers: 'extended',
  refusesShaNames: true,
  jobTokenLists: true,
  deleteChecksRoleFirst: false,
  forbidsMissingRelease: false,
  hasMetadata: true,
  hasTokenSelf: true,
  namesFailedBranch: true,
  hookHeaders: 'all',
  hasRecentPushData: true,
  hasHookTest: true,
  isDocumented: false,
}

const fourteen: Profile = {
  ...current,
  name: '14',
  version: '14.10.5-ee',
  revision: '9d5cb6b5a23',
  hasVersionOrder: false,
  hasSignature: false,
  hasTagCreatedAt: false,
  hidesRelease: false,
  firstPage: 'floor-plus-one',
  trailers: 'trailers',
  refusesShaNames: false,
  jobTokenLists: false,
  deleteChecksRoleFirst: true,
  forbidsMissingRelease: true,
  hasMetadata: false,
  hasTokenSelf: false,
  namesFailedBranch: false,
  hookHeaders: 'event-id',
  hasRecentPushData: false,
  hasHookTest: false,
}

const thirteen: Profile = {
  ...fourteen,
  name: '13',
  version: '13.12.15-ee',
  revision: '0f1b1e41e3c',
  hasTagRelease: true,
  firstPage: 'plain',
  hasKeyset: false,
  sortsLikeRuby: true,
  trailers: 'none',
  hookHeaders: 'event',
}

const documented: Profile = { ...current, name: 'documented', isDocumented: true }

export const profiles: readonly Profile[] = [current, fourteen, thirteen, documented]

/** The profile of a name; the default for a name that is not listed (the command line refuses those before). */
export function profileNamed(name: string): Profile {
  return profiles.find((profile) => profile.name === name) ?? current
}
