import type { Driver, DriverOptions, SeenTag } from '../driver.ts'
import { byName } from './order.ts'
import { request, withParameters, withQuery } from './request.ts'

interface Tag {
  readonly displayId: string
  readonly latestCommit: string
  readonly hash: string | null
}

interface Page {
  readonly values: readonly Tag[]
  readonly isLastPage: boolean
  readonly nextPageStart?: number
}

/** Bitbucket Server and Data Center. The project is `KEY/slug`. */
export function bitbucket({ project, refusals, withoutLookups }: DriverOptions): Driver {
  const [key = '', slug = ''] = project.split('/', 2)
  const below = (api: string) => `/rest/${api}/1.0/projects/${encodeURIComponent(key)}/repos/${slug}/tags`
  const core = below('api')
  const git = below('git')
  // An encoded slash is turned away by the server in front of the application.
  const one = (tags: string, name: string) => `${tags}/${name.split('/').map(encodeURIComponent).join('/')}`
  const make = (name: string, startPoint: string, message: string | null, more: object = {}) => {
    const kind = message === null ? { type: 'LIGHTWEIGHT' } : { type: 'ANNOTATED', message }
    return request('POST', git, { name, startPoint, ...kind, ...more })
  }
  return {
    vendor: 'bitbucket',
    cannot: { protect: 'it has no rules for tags' },
    successes: { create: 201, get: 200, list: 200, remove: 204, move: 201 },
    refusals: {
      duplicate: [409],
      name: [400],
      target: [400],
      protected: [],
      missing: [404],
      removeMissing: [404],
      ...refusals,
    },
    signIn: ({ token, username = '', password = '' }) => ({
      authorization: token === undefined ? `Basic ${btoa(`${username}:${password}`)}` : `Bearer ${token}`,
    }),
    create: ({ name, target, message }) => make(name, target, message),
    get: (name) => request('GET', one(core, name)),
    cannotGet: () => withoutLookups ?? null,
    remove: (name) => request('DELETE', one(git, name)),
    move: ({ name, target, message }) => make(name, target, message, { force: true }),
    search: (text) => request('GET', withQuery(core, { filterText: text })),
    refusesName: (name) => (name.startsWith('-') ? 'it begins like an option' : null),
    readTag: ({ body }) => see(body as Tag),
    readPage: ({ body }) => (body as Page).values.map(see),
    pagings: [
      {
        name: 'start',
        first: (size, order) => request('GET', withQuery(core, { ...order.query, start: 0, limit: size })),
        next: (asked, { body }) => {
          const { isLastPage, nextPageStart } = body as Page
          if (isLastPage || nextPageStart === undefined) return null
          return withParameters(asked, { start: nextPageStart })
        },
        total: () => null,
      },
    ],
    orders: [
      { name: 'by default', query: {}, compare: () => 0 },
      { name: 'by name', query: { orderBy: 'ALPHABETICAL' }, compare: byName },
    ],
  }
}

function see({ displayId, latestCommit, hash }: Tag): SeenTag {
  return {
    name: displayId,
    commit: latestCommit,
    object: hash ?? latestCommit,
    isAnnotated: hash !== null,
  }
}
