import { type Static, type TArray, type TSchema, Type } from 'typebox'

export const NullableText = Type.Union([Type.String(), Type.Null()])

/** Spring Data's page parameters; nothing that is sent for them is ever refused. */
export const PageQuery = Type.Object({
  page: Type.Integer({ default: 0, description: 'counted from 0' }),
  size: Type.Integer({ default: 10 }),
})
export type PageQuery = Static<typeof PageQuery>

const PageInfo = Type.Object({
  size: Type.Integer(),
  totalElements: Type.Integer(),
  totalPages: Type.Integer(),
  number: Type.Integer(),
})

/** A HAL page; `_embedded` is absent when the page is empty. */
export function pageSchema<Key extends string, Item extends TSchema>(key: Key, item: Item) {
  const list = { [key]: Type.Array(item) } as Record<Key, TArray<Item>>
  return Type.Object({ _embedded: Type.Optional(Type.Object(list)), page: PageInfo })
}
