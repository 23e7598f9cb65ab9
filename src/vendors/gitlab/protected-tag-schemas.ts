import { type Static, Type } from 'typebox'

export const ProtectedTagParams = Type.Object({ id: Type.String(), name: Type.String() })

/** `allowed_to_create` belongs to the paid editions: it is taken, as any parameter that is not declared, and left alone. */
export const NewProtectedTag = Type.Object({
  name: Type.String(),
  create_access_level: Type.Enum([40, 30, 0], { default: 40 }),
})

export const ProtectedTag = Type.Object({
  name: Type.String({ description: 'a tag name, or a pattern with *' }),
  create_access_levels: Type.Array(
    Type.Object({
      id: Type.Integer(),
      access_level: Type.Integer(),
      access_level_description: Type.String(),
    }),
  ),
})
export type ProtectedTag = Static<typeof ProtectedTag>

export const ProtectedTagList = Type.Array(ProtectedTag)
