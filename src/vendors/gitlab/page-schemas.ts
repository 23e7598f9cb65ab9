import { Type } from 'typebox'

/** The parameters of every ordinary list. */
export const PageQuery = Type.Object({
  page: Type.Integer({ default: 1 }),
  per_page: Type.Integer({ default: 20, exceptValues: [0] }),
})
