import { type Face, outcomeOf, type SeenTag, strippedMessage, tagOf } from './face.ts'

interface Tag {
  readonly name: string
  readonly objectId: string
  readonly fullMessage: string | null
  readonly commitId: string
  readonly lightWeight: boolean
}

interface Page {
  readonly _embedded?: { readonly tagList: readonly Tag[] }
  readonly page: { readonly totalPages: number }
}

const TAGS = '/project/acme/widgets/tag'

const as = (user: string) => ({ authorization: `token ${user}-token` })

const see = ({ name, objectId, fullMessage, commitId, lightWeight }: Tag): SeenTag => ({
  name,
  commit: commitId,
  annotated: !lightWeight,
  text: strippedMessage(fullMessage),
  oid: objectId,
})

export const gitflic: Face = {
  vendor: 'gitflic',
  plainMessage: '',
  rulesFirst: true,
  developersRemove: true,
  create: async (wire, user, { name, commit, message }) => {
    const body = { tagName: name, commitId: commit, ...(message !== null && { message }) }
    return outcomeOf(await wire.ask('POST', `${TAGS}/create`, as(user), body))
  },
  remove: null,
  // A slash, encoded or not, is turned away by the server in front of the application.
  canFind: (name) => !name.includes('/'),
  find: async (wire, name) =>
    tagOf(await wire.ask('GET', `${TAGS}/${encodeURIComponent(name)}`, as('dee')), see),
  list: async (wire, size) => {
    const found: SeenTag[] = []
    for (let number = 0, pages = 1; number < pages; number++) {
      const { body } = await wire.ask('GET', `${TAGS}?size=${size}&page=${number}`, as('dee'))
      const { _embedded, page } = body as Page
      found.push(...(_embedded?.tagList ?? []).map(see))
      pages = page.totalPages
    }
    return found
  },
}
