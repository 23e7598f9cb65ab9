import { Type } from 'typebox'

/** What a file of exchanges looks like; see exchange.ts for what it means. */

const strict = { additionalProperties: false }
const Text = Type.String({ minLength: 1 })
const Headers = Type.Record(Type.String(), Type.Union([Type.String(), Type.Array(Type.String())]))

const EvidenceOfFile = Type.Object(
  {
    kind: Type.Enum(['recording', 'source', 'documentation', 'client', 'inferred']),
    source: Text,
    since: Type.Optional(Text),
    until: Type.Optional(Text),
  },
  strict,
)

const ExchangeOfFile = Type.Object(
  {
    name: Text,
    request: Type.Object(
      {
        method: Type.String({ pattern: '^[A-Z]+$' }),
        path: Type.String({ pattern: '^/' }),
        headers: Type.Optional(Headers),
        body: Type.Optional(Type.Unknown()),
      },
      strict,
    ),
    answer: Type.Object(
      {
        status: Type.Integer({ minimum: 100, maximum: 599 }),
        headers: Type.Optional(Headers),
        body: Type.Optional(Type.Unknown()),
      },
      strict,
    ),
  },
  strict,
)

export const ExchangeFileSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    vendor: Type.Enum(['bitbucket', 'gitlab', 'gitflic', 'codearts']),
    profile: Type.Optional(Text),
    evidence: EvidenceOfFile,
    world: Type.Optional(Type.Object({})),
    clock: Type.Optional(Text),
    origin: Type.Optional(Type.String({ pattern: '^https?://' })),
    complete: Type.Optional(Type.Boolean()),
    exchanges: Type.Array(ExchangeOfFile),
  },
  strict,
)
