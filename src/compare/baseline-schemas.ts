import { Type } from 'typebox'

/** Differences that are known and accepted; see baseline.ts. */

const strict = { additionalProperties: false }
const Pattern = Type.String({ minLength: 1 })

export const BaselineSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    accepted: Type.Array(
      Type.Object(
        {
          vendor: Type.Optional(Type.Enum(['bitbucket', 'gitlab', 'gitflic', 'codearts'])),
          operation: Type.Optional(Pattern),
          exchange: Type.Optional(Pattern),
          pointer: Type.String(),
          reason: Type.String({ pattern: '\\S' }),
          expires: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' }),
        },
        strict,
      ),
    ),
  },
  strict,
)
