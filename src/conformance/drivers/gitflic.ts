import type { Driver, DriverOptions, Order, SeenTag } from '../driver.ts'
import { byTime } from './order.ts'
import { numberIn, request, withParameters, withQuery } from './request.ts'

interface Tag {
  readonly name: string
  readonly objectId: string
  readonly fullMessage: string | null
  readonly commitId: string | null
  readonly personIdent: { readonly when: string } | null
  readonly lightWeight: boolean
}

interface Page {
  readonly _embedded?: { readonly tagList: readonly Tag[] }
  readonly page: { readonly totalElements: number; readonly totalPages: number }
}

const TURNED_AWAY = 'the server in front of it turns such a name in a path away'

/** Annotated tags, the newest first; light ones, which have no time of their own, after them. */
const newestFirst: Order['compare'] = (a, b) => {
  if (a.isAnnotated !== b.isAnnotated) return a.isAnnotated ? -1 : 1
  return byTime(b, a)
}

/** GitFlic. The project is `owner/alias`. */
export function gitflic({ project, refusals, withoutLookups }: DriverOptions): Driver {
  const tags = `/project/${project}/tag`
  const one = (name: string) => `${tags}/${encodeURIComponent(name)}`
  const create: Driver['create'] = ({ name, target, message }) =>
    request('POST', `${tags}/create`, {
      tagName: name,
      commitId: target,
      ...(message !== null && { message }),
    })
  return {
    vendor: 'gitflic',
    cannot: {
      light: 'tags that its API makes are annotated ones',
      remove: 'its API deletes no tags',
      move: 'its API moves no tags',
      search: 'its list has no filter',
    },
    successes: { create: 200, get: 200, list: 200, remove: 204, move: 200 },
    refusals: {
      duplicate: [422],
      name: [422],
      target: [404],
      protected: [403],
      missing: [404],
      removeMissing: [405],
      ...refusals,
    },
    signIn: ({ token = '' }) => ({ authorization: `token ${token}` }),
    create,
    get: (name) => request('GET', one(name)),
    cannotGet: (name) => withoutLookups ?? (/[/%;]/.test(name) ? TURNED_AWAY : null),
    remove: (name) => request('DELETE', one(name)),
    move: create,
    search: () => request('GET', tags),
    refusesName: () => null,
    readTag: ({ body }) => see(body as Tag),
    readPage: ({ body }) => ((body as Page)._embedded?.tagList ?? []).map(see),
    pagings: [
      {
        name: 'page',
        first: (size, order) => request('GET', withQuery(tags, { ...order.query, page: 0, size })),
        next: (asked, { body }) => {
          const number = numberIn(asked, 'page') + 1
          return number < (body as Page).page.totalPages ? withParameters(asked, { page: number }) : null
        },
        total: ({ body }) => (body as Page).page.totalElements,
      },
    ],
    orders: [{ name: 'by default', query: {}, compare: newestFirst }],
  }
}

function see({ name, objectId, fullMessage, commitId, personIdent, lightWeight }: Tag): SeenTag {
  return {
    name,
    commit: commitId,
    object: objectId,
    isAnnotated: !lightWeight,
    message: (fullMessage ?? '').replace(/\n+$/, ''),
    ...(personIdent && { time: personIdent.when }),
  }
}
