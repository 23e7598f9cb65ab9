/** The forge's vocabulary: what a hosted project, its people and its rules are, before any vendor gives them a dialect. */

import type { Oid, RefChange, Tag } from '../git/model.ts'

export type {
  Branch,
  Commit,
  Direction,
  ObjectType,
  Oid,
  RefChange,
  RefOrder,
  Signature,
  Tag,
  TagObject,
} from '../git/model.ts'

export const ROLES = ['guest', 'reporter', 'developer', 'maintainer', 'owner'] as const
export type Role = (typeof ROLES)[number]

export const VISIBILITIES = ['private', 'internal', 'public'] as const
export type Visibility = (typeof VISIBILITIES)[number]

/** Who may do something that a tag rule governs: everybody from a role upwards, or nobody at all. */
export type RuleLevel = Role | 'nobody'

/** Who may use a feature of a project: everybody who sees it, its members only, or nobody. */
export type FeatureAccess = 'enabled' | 'private' | 'disabled'

export interface User {
  readonly id: number
  /** Derived from the username, the same in every process. */
  readonly uuid: string
  readonly username: string
  readonly name: string
  readonly email: string
  readonly password: string | null
  /** Address of a picture; null for whatever a vendor shows instead. */
  readonly avatar: string | null
  readonly admin: boolean
  readonly blocked: boolean
  /** Epoch milliseconds. */
  readonly createdAt: number
}

/** Whom a token lets in, and how far. */
export interface Token {
  readonly value: string
  readonly username: string
  readonly kind: 'personal' | 'job'
  /** Vendor words such as `api` or `PROJECT_READ`; null grants everything. */
  readonly scopes: readonly string[] | null
  readonly state: 'active' | 'expired' | 'revoked'
  /** Epoch milliseconds; absent: it lasts as long as its state says. */
  readonly expiresAt?: number
}

/** A key pair that signs requests (AK/SK). */
export interface AccessKey {
  readonly id: string
  readonly secret: string
  readonly username: string
}

/** The namespace of projects: a user, a team or a company. */
export interface Owner {
  readonly id: number
  readonly uuid: string
  readonly alias: string
  readonly kind: 'user' | 'team' | 'company'
  readonly name: string
  /** An override of the upper-case key that Bitbucket derives from the alias. */
  readonly key: string | null
  readonly members: ReadonlyMap<string, Role>
  /** Templates as the world began with them; they rule no project until they are copied into it. See owner-rules.ts. */
  readonly tagRules: readonly TagRule[]
  /** Whether projects that are created get the templates right away. */
  readonly importsTagRules: boolean
}

/** A protection rule over tag names. Matching and combining rules is a matter of dialect: see tag-rules.ts. */
export interface TagRule {
  readonly id: number
  readonly pattern: string
  readonly create: RuleLevel
  /** Where people and roles are named one by one they alone decide, and `create` is the nearest level for those who know levels only. */
  readonly allow?: AllowList
  /** False: the rule is kept but rules nothing. Absent means true. */
  readonly enabled?: boolean
  /** Vendor-specific settings that only that vendor's own routes read and write. */
  readonly settings?: Readonly<Record<string, unknown>>
  /** Epoch milliseconds of the last change. */
  readonly updatedAt: number
}

/** Who may, by username or by exactly this role; nobody else may, administrators included. */
export interface AllowList {
  readonly users: readonly string[]
  readonly roles: readonly Role[]
}

export interface ReleaseLink {
  readonly id: number
  readonly name: string
  readonly url: string
  readonly kind: string
  /** A path below the release that leads to `url`, with a leading slash; null or absent for none. */
  readonly path?: string | null
}

export interface Release {
  readonly id: number
  readonly tag: string
  readonly name: string
  readonly description: string | null
  readonly author: string
  /** Epoch milliseconds, both. */
  readonly createdAt: number
  readonly releasedAt: number
  readonly links: readonly ReleaseLink[]
  /** Published as a preview of what is to come; absent means no. */
  readonly preRelease?: boolean
}

export interface Webhook {
  readonly id: number
  readonly url: string
  readonly secret: string | null
  /** The vendor in whose dialect it is delivered; null follows whichever API made the change. */
  readonly vendor: string | null
  /** The vendor's own event names; null means its default for tags. */
  readonly events: readonly string[] | null
  /** Vendor-specific settings that only that vendor's own routes read and write. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly createdAt: number
  readonly updatedAt: number
}

/** A tag with what the forge adds to git's view of it. */
export interface ForgeTag extends Tag {
  readonly protected: boolean
  readonly release: Release | null
}

/** One action's worth of moved refs, announced after they moved. */
export interface RefsChanged {
  readonly projectId: number
  readonly changes: readonly RefChange[]
  readonly actor: User | null
  readonly via: 'api' | 'push'
  /** The vendor whose API or clone URL was used. */
  readonly vendor: string
}

export interface NewTag {
  readonly name: string
  /** The object that the ref (or the tag object) points to. */
  readonly target: Oid
  /** Stored verbatim; null makes a lightweight tag. */
  readonly message: string | null
}
