import type { Driver, DriverOptions, Paging, SeenTag } from '../driver.ts'
import type { StoryRequest } from '../wire.ts'
import { byName, byTime, reversed } from './order.ts'
import { request, withQuery } from './request.ts'

interface Tag {
  readonly name: string
  readonly message: string | null
  readonly target: string
  readonly commit: { readonly id: string; readonly committed_date: string } | null
  readonly created_at?: string | null
}

/** GitLab, REST v4. The project is its number or its path. */
export function gitlab({ project, refusals, withoutLookups }: DriverOptions): Driver {
  const tags = `/api/v4/projects/${encodeURIComponent(project)}/repository/tags`
  const one = (name: string) => `${tags}/${encodeURIComponent(name)}`
  const paging = (name: string, query: Readonly<Record<string, string>>): Paging => ({
    name,
    first: (size, order) => request('GET', withQuery(tags, { ...order.query, ...query, per_page: size })),
    next: (asked, { headers }) => linked(asked, headers.link ?? ''),
    total: ({ headers }) => (headers['x-total'] ? Number(headers['x-total']) : null),
  })
  return {
    vendor: 'gitlab',
    cannot: { move: 'the API makes tags and deletes them, it moves none' },
    successes: { create: 201, get: 200, list: 200, remove: 204, move: 201 },
    refusals: {
      duplicate: [400],
      name: [400],
      target: [400],
      protected: [400],
      missing: [404],
      removeMissing: [404],
      ...refusals,
    },
    signIn: ({ token = '' }) => ({ 'private-token': token }),
    create: ({ name, target, message }) =>
      request('POST', tags, { tag_name: name, ref: target, ...(message !== null && { message }) }),
    get: (name) => request('GET', one(name)),
    cannotGet: () => withoutLookups ?? null,
    remove: (name) => request('DELETE', one(name)),
    move: ({ name }) => request('PUT', one(name)),
    search: (text) => request('GET', withQuery(tags, { search: text })),
    refusesName: (name) =>
      /^(?:-|refs\/(?:heads|remotes|tags)\/|[0-9a-f]{40}|HEAD$)/.test(name)
        ? 'it begins like another kind of ref'
        : null,
    readTag: ({ body }) => see(body as Tag),
    readPage: ({ body }) => (body as Tag[]).map(see),
    pagings: [paging('offset', { page: '1' }), paging('keyset', { pagination: 'keyset' })],
    orders: [
      { name: 'by default', query: {}, compare: reversed(byTime) },
      { name: 'oldest first', query: { order_by: 'updated', sort: 'asc' }, compare: byTime },
      { name: 'by name', query: { order_by: 'name', sort: 'asc' }, compare: byName },
      { name: 'by name, last first', query: { order_by: 'name', sort: 'desc' }, compare: reversed(byName) },
    ],
  }
}

function see({ name, message, target, commit, created_at }: Tag): SeenTag {
  const isAnnotated = commit?.id !== target
  const time = created_at ?? (isAnnotated ? undefined : commit?.committed_date)
  return {
    name,
    commit: commit?.id ?? null,
    object: target,
    isAnnotated,
    message: message ?? '',
    ...(time !== undefined && { time }),
  }
}

/** The address of a link may be that of a server behind a proxy: only its query is taken. */
function linked(asked: StoryRequest, link: string): StoryRequest | null {
  const next = /<([^>]*)>;\s*rel="next"/.exec(link)?.[1]
  if (next === undefined) return null
  return { ...asked, path: asked.path.replace(/\?.*|$/, new URL(next).search) }
}
