import type { Driver, DriverOptions, SeenTag } from '../driver.ts'
import { byName, byTime, reversed } from './order.ts'
import { numberIn, request, withParameters, withQuery } from './request.ts'

interface Tag {
  readonly name: string
  readonly message: string | null
  readonly target: string
  readonly commit?: { readonly committed_date: string } | null
}

/** What its console refuses, and its API with it. */
const REFUSED = /[\s!()'"|$&;<]|^[-.]|^refs\/(?:heads|remotes)\//

/** CodeArts Repo, v4. The project is its number. */
export function codearts({ project, refusals, withoutLookups }: DriverOptions): Driver {
  const repository = `/v4/repositories/${project}/repository`
  const tags = `${repository}/tags`
  const one = (name: string) => withQuery(`${repository}/tag`, { tag_name: name })
  const create: Driver['create'] = ({ name, target, message }) =>
    request('POST', tags, { tag_name: name, ref: target, ...(message !== null && { message }) })
  return {
    vendor: 'codearts',
    cannot: { move: 'its API makes tags and deletes them, it moves none' },
    successes: { create: 201, get: 200, list: 200, remove: 204, move: 201 },
    refusals: {
      duplicate: [400],
      name: [400],
      target: [400],
      protected: [403],
      missing: [404],
      removeMissing: [404],
      ...refusals,
    },
    signIn: ({ token = '' }) => ({ 'x-auth-token': token }),
    create,
    get: (name) => request('GET', one(name)),
    cannotGet: () => withoutLookups ?? null,
    remove: (name) => request('DELETE', one(name)),
    move: create,
    search: (text) => request('GET', withQuery(tags, { search: text })),
    refusesName: (name) => {
      if (name.length > 200) return 'it is longer than 200 characters'
      return REFUSED.test(name) ? 'it has a character that the console refuses' : null
    },
    readTag: ({ body }) => see(body as Tag),
    readPage: ({ body }) => (body as Tag[]).map(see),
    pagings: [
      {
        name: 'offset',
        first: (size, order) => request('GET', withQuery(tags, { ...order.query, offset: 0, limit: size })),
        next: (asked, { body, headers }) => {
          const offset = numberIn(asked, 'offset') + (body as Tag[]).length
          const isEnd = (body as Tag[]).length === 0 || offset >= Number(headers['x-total'])
          return isEnd ? null : withParameters(asked, { offset })
        },
        total: ({ headers }) => (headers['x-total'] === undefined ? null : Number(headers['x-total'])),
      },
    ],
    orders: [
      // Only this view tells the commit, and so the time that the order goes by.
      { name: 'by default', query: { view: 'detail' }, compare: reversed(byTime) },
      { name: 'by name', query: { order_by: 'name', sort: 'asc' }, compare: byName },
      { name: 'by name, last first', query: { order_by: 'name', sort: 'desc' }, compare: reversed(byName) },
    ],
  }
}

function see({ name, message, target, commit }: Tag): SeenTag {
  return {
    name,
    commit: target,
    message: message ?? '',
    ...(commit && { time: commit.committed_date }),
  }
}
