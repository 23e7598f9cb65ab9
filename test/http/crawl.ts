import Fastify from 'fastify'
import type { State } from '../../src/forge/state/schema.ts'
import { vendors } from '../../src/vendors/index.ts'
import type { Call } from '../caller.ts'

/** Answers by what was asked, as `<user> <path>`. */
export type Crawl = ReadonlyMap<string, string>

/** More than this many ways to fill in one route are not tried. */
const MOST_FILLINGS = 12

/** The paths of all GET routes of all vendors, without those that are only other spellings of one. */
export async function getRoutes(): Promise<string[]> {
  const probe = Fastify()
  const routes = new Set<string>()
  probe.addHook('onRoute', ({ method, url }) => {
    const isSpelling = url.startsWith('/rest-api') || /(?:.\/|\.json)$/.test(url)
    if ([method].flat().includes('GET') && !isSpelling) routes.add(url)
  })
  for (const vendor of vendors) {
    const settings = { profile: vendor.profiles[0] ?? '', quirks: new Set<string>(), prefix: '' }
    await probe.register((scope) => vendor.mount(scope, settings))
  }
  return [...routes].sort()
}

/** What some routes want to be asked with. */
const QUERIES: readonly (readonly [route: RegExp, query: string])[] = [
  [/repository\/compare$/, '?from=v1.0.0&to=main'],
  [/^\/v4\/.*\/compare$/, '?from=v1.0.0&to=main'],
  [/\/files\//, '?ref=main'],
  [/^\/rest\/.*\/commits$/, '?withCounts=true&limit=100'],
  [/\/(?:tags|branches|commits|projects|releases)$/, '?per_page=100&limit=100'],
  [/^\/project\/.*\/(?:tag|branch|commits|release)$/, '?size=100'],
]

/** Asks for everything that a world has, as several users. `state` is the document of the world, to fill in routes from. */
export async function crawl(call: Call, state: State, users: readonly string[], base = ''): Promise<Crawl> {
  const answers = new Map<string, string>()
  const uuids = new Set<string>()
  const routes = await getRoutes()
  for (const isSecond of [false, true]) {
    for (const route of routes) {
      // Some ids stand in answers only.
      if (/Uuid\b/.test(route) !== isSecond) continue
      for (const path of fill(route, state, [...uuids])) {
        for (const user of users) {
          const query = QUERIES.find(([pattern]) => pattern.test(route))?.[1] ?? ''
          const { status, text, headers } = await call('GET', base + path + query, {
            headers: credentials(path, user),
          })
          for (const [uuid] of text.matchAll(
            /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g,
          ))
            if (uuids.size < MOST_FILLINGS) uuids.add(uuid)
          const paging = [headers.link, headers['x-total'], headers.etag].join(' ')
          answers.set(`${user} ${path}`, `${status} ${paging} ${text}`)
        }
      }
    }
  }
  for (const { path } of state.projects) {
    const url = `${base}/${path}.git/info/refs?service=git-upload-pack`
    const { status, text } = await call('GET', url, { headers: credentials('/rest', users[0] ?? '') })
    answers.set(url.slice(base.length), `${status} ${text}`)
  }
  return answers
}

function credentials(path: string, user: string): Record<string, string> {
  if (path.startsWith('/rest/'))
    return { authorization: `Basic ${Buffer.from(`${user}:${user}-password`).toString('base64')}` }
  if (path.startsWith('/api')) return { 'private-token': `${user}-token` }
  if (path.startsWith('/v')) return { 'x-auth-token': `${user}-token` }
  return { authorization: `token ${user}-token` }
}

/** A route with values of the world in place of its parameters, in many ways. */
function fill(route: string, state: State, uuids: readonly string[]): string[] {
  return state.projects
    .flatMap((project) => {
      let paths = [route]
      for (const name of route.match(/:\w+|\*/g) ?? []) {
        const values = valuesOf(name, route, state, project, uuids)
        if (values.length === 0) return []
        paths = paths.flatMap((path) => values.map((value) => path.replace(name, () => value)))
      }
      return paths.slice(0, MOST_FILLINGS)
    })
    .filter((path, i, all) => all.indexOf(path) === i)
}

function valuesOf(
  name: string,
  route: string,
  { users, owners }: State,
  project: State['projects'][number],
  uuids: readonly string[],
): string[] {
  const refs = Object.keys(project.repository?.refs ?? {})
  const named = (folder: string) =>
    refs.filter((ref) => ref.startsWith(folder)).map((ref) => ref.slice(folder.length))
  const targets = [...new Set(Object.values(project.repository?.refs ?? {}))].slice(0, 8)
  const owner = owners.find(({ id }) => id === project.owner)
  const key = owner?.kind === 'user' ? `~${owner.alias}` : (owner?.key ?? owner?.alias ?? '')
  const tags = named('refs/tags/')
  switch (name) {
    case ':key':
      return [key]
    case ':slug':
    case ':projectAlias':
      return [project.path.split('/').at(-1) ?? '']
    case ':user':
      return users.map(({ username }) => username)
    case ':id':
      return idsIn(route, users, owners, project)
    case ':repository_id':
      return [String(project.id)]
    case ':project_id':
      return owners.map(({ uuid }) => uuid.replaceAll('-', ''))
    case ':ownerAlias':
      return [owner?.alias ?? '']
    case ':alias':
      return owners.map(({ alias }) => encodeURIComponent(alias))
    case ':tag_name':
    case ':tagName':
      return tags.map(encodeURIComponent)
    case ':branch':
    case ':branch_name':
      return named('refs/heads/').map(encodeURIComponent)
    case ':sha':
    case ':commitId':
      return targets
    case ':name':
      return project.tagRules.map(({ pattern }) => encodeURIComponent(pattern))
    case ':hook_id':
      return project.webhooks.map(({ id }) => String(id))
    case ':link_id':
      return project.releases.flatMap(({ links }) => links.map(({ id }) => String(id)))
    case ':file_path':
      return ['README.md', 'docs%2Fparts.md']
    case ':releaseUuid':
    case ':tagProtectionUuid':
      return [...uuids]
    case '*':
      return route.includes('/tags/') ? tags : targets
    default:
      throw new Error(`nobody has said what ${name} of ${route} may be`)
  }
}

/** Whose number it is depends on what stands before it. */
function idsIn(
  route: string,
  users: State['users'],
  owners: State['owners'],
  project: State['projects'][number],
): string[] {
  if (route.includes('/users/:id')) return users.map(({ id }) => String(id))
  if (/\/(?:groups|namespaces)\/:id/.test(route)) return owners.map(({ alias }) => encodeURIComponent(alias))
  if (route.includes('/pull-requests/:id')) return project.pullRequests.map(({ number }) => String(number))
  if (route.includes('/webhooks/:id')) return project.webhooks.map(({ id }) => String(id))
  return [String(project.id)]
}
