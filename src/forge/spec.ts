import type { HistorySeed } from './fixture/seeds.ts'
import type { FeatureAccess, Owner, Release, Role, TagRule, User, Visibility, Webhook } from './model.ts'
import type { PullRequest } from './pull-request.ts'

/** What had happened to a project before its world was read in. */
export interface ProjectPast {
  /** Epoch milliseconds. */
  readonly lastActivityAt: number
  /** As Project.vendorState. */
  readonly vendorState: ReadonlyMap<string, unknown>
  /** By full ref names. */
  readonly refCreators: ReadonlyMap<string, User>
}

/** What is known of a project before anybody touches it; shared by every forge that starts from the same world. */
export interface ProjectSpec {
  readonly id: number
  readonly uuid: string
  /** `owner/slug`. */
  readonly path: string
  readonly slug: string
  readonly owner: Owner
  readonly name: string
  readonly description: string
  readonly topics: readonly string[]
  readonly visibility: Visibility
  readonly archived: boolean
  /** Epoch milliseconds. */
  readonly createdAt: number
  readonly movedFrom: readonly string[]
  readonly members: ReadonlyMap<string, Role>
  readonly features: { readonly repository: FeatureAccess; readonly releases: FeatureAccess }
  readonly tagRules: readonly TagRule[]
  readonly releases: ReadonlyMap<string, Release>
  readonly webhooks: readonly Webhook[]
  readonly pullRequests: readonly PullRequest[]
  /** By vendor id, the profile that this project's server has, where it is not the one that the vendor was started with. */
  readonly profiles: Readonly<Record<string, string>>
  /** Absent: nothing. */
  readonly past?: ProjectPast
  /**
   * Where the repository comes from; `none`: the project has no repository at all; `stored`: from nowhere, it came with the
   * world.
   */
  readonly source:
    | { readonly kind: 'none' }
    | { readonly kind: 'history'; readonly history: HistorySeed }
    | { readonly kind: 'disk'; readonly path: string }
    | { readonly kind: 'stored' }
}
