import { type Face, outcomeOf, type SeenTag, strippedMessage, tagOf } from './face.ts'

interface Tag {
  readonly name: string
  readonly message: string
  readonly target: string
}

const TAGS = '/v4/repositories/1/repository/tags'
const one = (name: string) => `/v4/repositories/1/repository/tag?tag_name=${encodeURIComponent(name)}`

const as = (user: string) => ({ 'x-auth-token': `${user}-token` })

const see = ({ name, message, target }: Tag): SeenTag => ({
  name,
  commit: target,
  text: strippedMessage(message),
})

export const codearts: Face = {
  vendor: 'codearts',
  plainMessage: null,
  rulesFirst: true,
  developersRemove: false,
  create: async (wire, user, { name, commit, message }) => {
    const body = { tag_name: name, ref: commit, ...(message !== null && { message }) }
    return outcomeOf(await wire.ask('POST', TAGS, as(user), body))
  },
  remove: async (wire, user, name) => outcomeOf(await wire.ask('DELETE', one(name), as(user))),
  canFind: () => true,
  find: async (wire, name) => tagOf(await wire.ask('GET', one(name), as('dee')), see),
  list: async (wire, size) => {
    const found: SeenTag[] = []
    for (let total = 1; found.length < total; ) {
      const url = `${TAGS}?limit=${size}&offset=${found.length}&order_by=name`
      const { body, headers } = await wire.ask('GET', url, as('dee'))
      const tags = body as Tag[]
      total = Number(headers['x-total'])
      if (tags.length === 0 && found.length < total) throw new Error(`${found.length} of ${total} tags`)
      found.push(...tags.map(see))
    }
    return found
  },
}
