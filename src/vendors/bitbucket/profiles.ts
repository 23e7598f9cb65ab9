/**
 * The versions of Bitbucket that can be imitated, as the differences that a client sees. `documented` answers as the
 * printed REST pages say where they contradict the servers.
 */
export interface Profile {
  readonly name: string
  /** As application-properties reports them; the date in epoch milliseconds. */
  readonly version: string
  readonly buildNumber: string
  readonly buildDate: string
  /** Exceptions that anonymous callers are turned away with; 10 checks for a login before the resource does. */
  readonly anonymousException: string
  /** `sub-code` in the status documents of the REST framework, and its own words for an unknown route. */
  readonly hasSubCode: boolean
  /** `GET …/tags/{name}` of the core API, since 4.6. */
  readonly hasSingleTag: boolean
  /** The resource `…/default-branch`, since 7.5. */
  readonly hasDefaultBranch: boolean
  /** What `…/branches/default` answers while that branch is not there, since 9 and before. */
  readonly unbornDefault: 204 | 404
  /** Webhooks of the server itself, since 5.4. */
  readonly hasWebhooks: boolean
  /** Moments in what webhooks are sent: text since 10, epoch milliseconds as everywhere else before. */
  readonly hasTextDatesInEvents: boolean
  /** `hierarchyId` and `archived` in repositories, since 7 and 8. */
  readonly hasRepositoryExtras: boolean
  /** `draft` in pull requests and `type` in their refs, since 8.18 and a little before. */
  readonly hasDrafts: boolean
  /** Whether the tag index forgets a tag that REST deletes; 4.5.2 went on showing it. */
  readonly forgetsDeletedTags: boolean
  /** The package of the JSON parser, whose exceptions come through. */
  readonly jackson: 'com.fasterxml.jackson' | 'org.codehaus.jackson'
  /** The status of creating a tag that exists. */
  readonly duplicateStatus: 400 | 409
  readonly vary: string
}

const AUTHORISATION = 'com.atlassian.bitbucket.AuthorisationException'

const modern: Profile = {
  name: 'modern',
  version: '8.19.0',
  buildNumber: '8019000',
  buildDate: '1709596800000',
  anonymousException: AUTHORISATION,
  hasSubCode: false,
  hasSingleTag: true,
  hasDefaultBranch: true,
  unbornDefault: 404,
  hasWebhooks: true,
  hasTextDatesInEvents: false,
  hasRepositoryExtras: true,
  hasDrafts: true,
  forgetsDeletedTags: true,
  jackson: 'com.fasterxml.jackson',
  duplicateStatus: 409,
  vary: 'accept-encoding,x-auserid,cookie,x-ausername,accept-encoding',
}

const dc10: Profile = {
  ...modern,
  name: 'dc10',
  version: '10.2.0',
  buildNumber: '10002000',
  buildDate: '1767225600000',
  anonymousException: 'com.atlassian.plugins.rest.api.security.exception.AuthenticationRequiredException',
  hasSubCode: true,
  unbornDefault: 204,
  hasTextDatesInEvents: true,
}

const four: Profile = {
  ...modern,
  name: '4.5.2',
  version: '4.5.2',
  buildNumber: '4005002',
  buildDate: '1459468800000',
  hasSingleTag: false,
  hasDefaultBranch: false,
  hasWebhooks: false,
  hasRepositoryExtras: false,
  hasDrafts: false,
  forgetsDeletedTags: false,
  jackson: 'org.codehaus.jackson',
  vary: 'X-AUSERNAME,Accept-Encoding',
}

const documented: Profile = { ...modern, name: 'documented', duplicateStatus: 400 }

export const profiles: readonly Profile[] = [modern, dc10, four, documented]

const byName = new Map<string | undefined, Profile>(profiles.map((profile) => [profile.name, profile]))

/** The profile of a name, or else the default one. */
export function profileNamed(name: string | undefined): Profile {
  return byName.get(name) ?? modern
}
