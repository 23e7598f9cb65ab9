import { type Face, outcomeOf, type SeenTag, strippedMessage, tagOf } from './face.ts'

interface Tag {
  readonly name: string
  readonly message: string | null
  readonly target: string
  readonly commit: { readonly id: string }
}

const TAGS = '/api/v4/projects/1/repository/tags'

const pathOf = (name: string) => `${TAGS}/${encodeURIComponent(name)}`
const as = (user: string) => ({ 'private-token': `${user}-token` })

const see = ({ name, message, target, commit }: Tag): SeenTag => ({
  name,
  commit: commit.id,
  annotated: target !== commit.id,
  text: strippedMessage(message),
  oid: target,
})

export const gitlab: Face = {
  vendor: 'gitlab',
  plainMessage: null,
  rulesFirst: false,
  developersRemove: true,
  create: async (wire, user, { name, commit, message }) => {
    const body = { tag_name: name, ref: commit, ...(message !== null && { message }) }
    return outcomeOf(await wire.ask('POST', TAGS, as(user), body))
  },
  remove: async (wire, user, name) => outcomeOf(await wire.ask('DELETE', pathOf(name), as(user))),
  canFind: () => true,
  find: async (wire, name) => tagOf(await wire.ask('GET', pathOf(name), as('dee')), see),
  // Follows the links, so that they are known to lead somewhere.
  list: async (wire, size) => {
    const found: SeenTag[] = []
    for (let next = `${TAGS}?per_page=${size}`; next !== ''; ) {
      const { body, headers } = await wire.ask('GET', next, as('dee'))
      found.push(...(body as Tag[]).map(see))
      next = /<([^>]+)>; rel="next"/.exec(String(headers.link))?.[1] ?? ''
    }
    return found
  },
}
