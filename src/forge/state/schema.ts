import { type Static, Type } from 'typebox'

/**
 * A whole world as it is, in the words of model.ts: moments are epoch milliseconds, and what a fixture leaves to be worked
 * out is written down.
 */

const strict = { additionalProperties: false }
const Text = Type.String({ minLength: 1 })
const Id = Type.Integer({ minimum: 1, maximum: 2147483647 })
const Counter = Type.Integer({ minimum: 0, maximum: 2147483647 })
const Moment = Type.Integer({ description: 'epoch milliseconds' })
const Oid = Type.String({ pattern: '^[0-9a-f]{40}$' })
const NullableText = Type.Union([Type.String(), Type.Null()])
const Role = Type.Enum(['guest', 'reporter', 'developer', 'maintainer', 'owner'])
const Members = Type.Record(Type.String(), Role, { description: 'username → role' })
const Feature = Type.Enum(['enabled', 'private', 'disabled'])
const Settings = Type.Record(Type.String(), Type.Unknown())

const User = Type.Object(
  {
    id: Id,
    uuid: Text,
    username: Text,
    name: Type.String(),
    email: Type.String(),
    password: NullableText,
    avatar: NullableText,
    admin: Type.Boolean(),
    blocked: Type.Boolean(),
    createdAt: Moment,
  },
  strict,
)

const Token = Type.Object(
  {
    value: Text,
    username: Text,
    kind: Type.Enum(['personal', 'job']),
    scopes: Type.Union([Type.Array(Text), Type.Null()]),
    state: Type.Enum(['active', 'expired', 'revoked']),
    expiresAt: Type.Optional(Moment),
  },
  strict,
)

const AccessKey = Type.Object({ id: Text, secret: Text, username: Text }, strict)

const TagRule = Type.Object(
  {
    id: Id,
    pattern: Type.String(),
    create: Type.Enum(['nobody', 'guest', 'reporter', 'developer', 'maintainer', 'owner']),
    allow: Type.Optional(Type.Object({ users: Type.Array(Text), roles: Type.Array(Role) }, strict)),
    enabled: Type.Optional(Type.Boolean()),
    settings: Type.Optional(Settings),
    updatedAt: Moment,
  },
  strict,
)

const Owner = Type.Object(
  {
    id: Id,
    uuid: Text,
    alias: Text,
    kind: Type.Enum(['user', 'team', 'company']),
    name: Type.String(),
    key: NullableText,
    members: Members,
    tagRules: Type.Array(TagRule),
    importsTagRules: Type.Boolean(),
  },
  strict,
)

const Release = Type.Object(
  {
    id: Id,
    tag: Text,
    name: Type.String(),
    description: NullableText,
    author: Type.String(),
    createdAt: Moment,
    releasedAt: Moment,
    links: Type.Array(
      Type.Object(
        {
          id: Id,
          name: Type.String(),
          url: Type.String(),
          kind: Type.String(),
          path: Type.Optional(NullableText),
        },
        strict,
      ),
    ),
    preRelease: Type.Optional(Type.Boolean()),
  },
  strict,
)

const Webhook = Type.Object(
  {
    id: Id,
    url: Text,
    secret: NullableText,
    vendor: NullableText,
    events: Type.Union([Type.Array(Type.String()), Type.Null()]),
    settings: Settings,
    createdAt: Moment,
    updatedAt: Moment,
  },
  strict,
)

const PullRequestEnd = Type.Object(
  { projectId: Id, ref: Text, commit: Type.Union([Oid, Type.Null()]) },
  strict,
)

const PullRequest = Type.Object(
  {
    number: Id,
    version: Counter,
    state: Type.Enum(['open', 'merged', 'declined']),
    title: Type.String(),
    description: NullableText,
    author: Type.String(),
    reviewers: Type.Array(Text),
    source: PullRequestEnd,
    target: PullRequestEnd,
    createdAt: Moment,
    updatedAt: Moment,
    closedAt: Type.Union([Moment, Type.Null()]),
  },
  strict,
)

const Repository = Type.Object(
  {
    head: Type.String({ description: 'the branch that HEAD points at: refs/heads/main' }),
    refs: Type.Record(Type.String(), Oid, { description: 'full name → object' }),
    creators: Type.Record(Type.String(), Text, { description: 'full name → username' }),
    objects: Type.String({ description: 'a pack of all objects, in base64' }),
  },
  strict,
)

const Project = Type.Object(
  {
    id: Id,
    uuid: Text,
    path: Type.String({ pattern: '^[^/]+(/[^/]+)+$' }),
    owner: Type.Integer({ description: 'id of an owner' }),
    name: Type.String(),
    description: Type.String(),
    topics: Type.Array(Type.String()),
    visibility: Type.Enum(['private', 'internal', 'public']),
    archived: Type.Boolean(),
    createdAt: Moment,
    lastActivityAt: Moment,
    movedFrom: Type.Array(Text),
    members: Members,
    features: Type.Object({ repository: Feature, releases: Feature }, strict),
    profiles: Type.Record(Type.String(), Type.String()),
    tagRules: Type.Array(TagRule),
    releases: Type.Array(Release),
    webhooks: Type.Array(Webhook),
    pullRequests: Type.Array(PullRequest),
    vendorState: Type.Record(Type.String(), Type.Unknown(), { description: 'vendor → its own memory' }),
    repository: Type.Union([Repository, Type.Null()]),
  },
  strict,
)

export const State = Type.Object(
  {
    format: Type.Literal('fakeforge-state'),
    version: Type.Literal(1),
    clock: Type.Object({ frozenAt: Type.Union([Moment, Type.Null()]), ahead: Type.Number() }, strict),
    lastIds: Type.Object(
      { rule: Counter, release: Counter, link: Counter, hook: Counter, 'pull-request': Counter },
      strict,
    ),
    users: Type.Array(User),
    tokens: Type.Array(Token),
    issuedTokens: Type.Array(Token, { description: 'those that were issued since the start' }),
    accessKeys: Type.Array(AccessKey),
    owners: Type.Array(Owner),
    projects: Type.Array(Project),
  },
  strict,
)

export type State = Static<typeof State>
export type ProjectState = Static<typeof Project>
export type RepositoryState = Static<typeof Repository>
