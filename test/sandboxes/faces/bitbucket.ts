import { type Face, outcomeOf, type SeenTag, tagOf, type User } from './face.ts'

interface Tag {
  readonly displayId: string
  readonly latestCommit: string
  readonly hash: string | null
}

const CORE = '/rest/api/1.0/projects/ACME/repos/widgets/tags'
const GIT = '/rest/git/1.0/projects/ACME/repos/widgets/tags'

const below = (root: string, name: string) => `${root}/${name.split('/').map(encodeURIComponent).join('/')}`
const as = (user: User) => ({
  authorization: `Basic ${Buffer.from(`${user}:${user}-password`).toString('base64')}`,
})

const see = ({ displayId, latestCommit, hash }: Tag): SeenTag => ({
  name: displayId,
  commit: latestCommit,
  annotated: hash !== null,
  oid: hash ?? latestCommit,
})

export const bitbucket: Face = {
  vendor: 'bitbucket',
  plainMessage: null,
  rulesFirst: null,
  developersRemove: true,
  create: async (wire, user, { name, commit, message }) => {
    const kind = message === null ? { type: 'LIGHTWEIGHT' } : { type: 'ANNOTATED', message }
    return outcomeOf(await wire.ask('POST', GIT, as(user), { name, startPoint: commit, ...kind }))
  },
  remove: async (wire, user, name) => outcomeOf(await wire.ask('DELETE', below(GIT, name), as(user))),
  canFind: () => true,
  find: async (wire, name) => tagOf(await wire.ask('GET', below(CORE, name), as('dee')), see),
  list: async (wire, size) => {
    const found: SeenTag[] = []
    for (let start: number | undefined = 0; start !== undefined; ) {
      const { body } = await wire.ask('GET', `${CORE}?limit=${size}&start=${start}`, as('dee'))
      const page = body as { values: Tag[]; nextPageStart?: number }
      found.push(...page.values.map(see))
      start = page.nextPageStart
    }
    return found
  },
}
