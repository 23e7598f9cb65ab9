import { type Static, Type } from 'typebox'
import { State } from '../state/schema.ts'

const strict = { additionalProperties: false }
const { projects, format: _format, ...world } = State.properties

const Project = Type.Object(
  {
    ...projects.items.properties,
    repository: Type.Union([
      Type.Object(
        {
          creators: Type.Record(Type.String(), Type.String({ minLength: 1 }), {
            description: 'full name of a ref → username',
          }),
        },
        strict,
      ),
      Type.Null(),
    ]),
  },
  strict,
)

/** A world in a data folder: a state whose repositories lie beside it. */
export const WorldDocument = Type.Object(
  {
    ...world,
    format: Type.Literal('fakeforge-data'),
    sequence: Type.Integer({ minimum: 0, description: 'the last change that is in here' }),
    fixture: Type.String({ description: 'what the fixture was that the world began with: a SHA-256' }),
    projects: Type.Array(Project),
  },
  strict,
)

export type WorldDocument = Static<typeof WorldDocument>
export type ProjectDocument = Static<typeof Project>
