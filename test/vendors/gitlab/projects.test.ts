import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { ask, pick } from './neighbours.ts'
import { NOW, project, world } from './world.ts'

let app: FastifyInstance
beforeAll(async () => {
  app = await buildApp({
    clock: NOW,
    fixture: world(
      project('acme/widgets', 1, {
        name: 'Widgets',
        description: 'Things that turn',
        topics: ['b', 'a'],
        createdAt: '2024-01-05T00:00:00Z',
        movedFrom: ['acme/old'],
      }),
      project('acme/deep/public', 2, { visibility: 'public', createdAt: '2024-01-04T00:00:00Z' }),
      project('acme/internal', 3, { visibility: 'internal', members: {}, createdAt: '2024-01-03T00:00:00Z' }),
      project('acme/empty', 4, { commits: [], archived: true, createdAt: '2024-01-02T00:00:00Z' }),
      { path: 'dee/dotfiles', id: 5, repository: false },
      project('acme/hidden', 6, { members: {} }),
    ),
  })
})
afterAll(() => app.close())

const ACME = {
  id: 8,
  name: 'acme',
  path: 'acme',
  kind: 'group',
  full_path: 'acme',
  parent_id: null,
  avatar_url: null,
  web_url: 'http://localhost/groups/acme',
}
const HEAD = {
  id: 1,
  description: 'Things that turn',
  name: 'Widgets',
  name_with_namespace: 'acme / Widgets',
  path: 'widgets',
  path_with_namespace: 'acme/widgets',
  created_at: '2024-01-05T00:00:00.000Z',
}
const ADDRESSES = {
  tag_list: ['a', 'b'],
  topics: ['a', 'b'],
  ssh_url_to_repo: 'git@localhost:acme/widgets.git',
  http_url_to_repo: 'http://localhost/acme/widgets.git',
  web_url: 'http://localhost/acme/widgets',
}
const MIDDLE = {
  avatar_url: null,
  star_count: 0,
  last_activity_at: '2024-01-05T00:00:00.000Z',
  namespace: ACME,
}
const BASIC = {
  ...HEAD,
  default_branch: 'main',
  ...ADDRESSES,
  readme_url: 'http://localhost/acme/widgets/-/blob/main/README.md',
  forks_count: 0,
  ...MIDDLE,
}
const REST = {
  _links: {
    self: 'http://localhost/api/v4/projects/1',
    issues: 'http://localhost/api/v4/projects/1/issues',
    merge_requests: 'http://localhost/api/v4/projects/1/merge_requests',
    repo_branches: 'http://localhost/api/v4/projects/1/repository/branches',
    labels: 'http://localhost/api/v4/projects/1/labels',
    events: 'http://localhost/api/v4/projects/1/events',
    members: 'http://localhost/api/v4/projects/1/members',
  },
  empty_repo: false,
  archived: false,
  visibility: 'private',
}
const access = (level: number) => ({ access_level: level, notification_level: 3 })

describe('GET /projects/:id', () => {
  it('answers all keys in order, to a member with permissions', async () => {
    const { status, body } = await ask(app, 'GET /projects/acme%2FWidgets', 'dee-token')
    const expected = {
      ...BASIC,
      ...REST,
      permissions: { project_access: access(30), group_access: null },
    }
    expect({ status, body }).toEqual({ status: 200, body: expected })
    expect(Object.keys(body as object)).toEqual(Object.keys(expected))
  })

  it('keeps what the code would tell from guests of a private project', async () => {
    const { body } = await ask(app, 'GET /projects/1', 'gus-token')
    expect(body).toEqual({
      ...HEAD,
      ...ADDRESSES,
      ...MIDDLE,
      ...REST,
      permissions: { project_access: access(10), group_access: null },
    })
  })

  it.each([
    [2, 'mia-token', { project_access: access(40), group_access: null }],
    [3, 'root-token', { project_access: null, group_access: access(50) }],
    [3, 'sam-token', { project_access: null, group_access: null }],
  ])('of project %i tells %s the permissions that were given', async (id, token, permissions) => {
    const { body } = await ask(app, `GET /projects/${id}`, token)
    expect(body).toMatchObject({ permissions })
  })

  it('tells strangers of a public project no permissions', async () => {
    const { status, body } = await ask(app, 'GET /projects/2', null)
    expect(status).toBe(200)
    expect(body).not.toHaveProperty('permissions')
    expect(body).toMatchObject({
      name_with_namespace: 'acme / acme/deep / public',
      description: null,
      visibility: 'public',
      namespace: {
        id: 9,
        name: 'acme/deep',
        path: 'deep',
        kind: 'group',
        full_path: 'acme/deep',
        parent_id: 8,
        avatar_url: null,
        web_url: 'http://localhost/groups/acme/deep',
      },
    })
  })

  it('shows an empty, archived project as such', async () => {
    const { body } = await ask(app, 'GET /projects/4', 'rex-token')
    expect(body).toMatchObject({ empty_repo: true, archived: true, default_branch: 'main', readme_url: null })
  })

  it('shows a personal project, even without a repository', async () => {
    const { status, body } = await ask(app, 'GET /projects/dee%2Fdotfiles', 'dee-token')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      name_with_namespace: 'Dee D / dotfiles',
      default_branch: null,
      readme_url: null,
      empty_repo: true,
      namespace: { kind: 'user', full_path: 'dee', web_url: 'http://localhost/dee' },
      permissions: { project_access: access(50), group_access: null },
    })
  })

  it.each([
    ['GET /projects/1', null],
    ['GET /projects/3', null],
    ['GET /projects/1', 'sam-token'],
    ['GET /projects/99', 'root-token'],
    ['GET /projects/widgets', 'root-token'],
  ])('%s for %s answers 404', async (request, token) => {
    const { status, body } = await ask(app, request, token)
    expect({ status, body }).toEqual({ status: 404, body: { message: '404 Project Not Found' } })
  })

  it('redirects from a former path', async () => {
    const { status, headers } = await ask(app, 'GET /projects/acme%2Fold', 'dee-token')
    expect(status).toBe(301)
    expect(headers.location).toBe('http://localhost/api/v4/projects/1')
  })

  it('answers HEAD without a body', async () => {
    expect(await ask(app, 'HEAD /projects/2', null)).toMatchObject({ status: 200, body: '' })
  })
})

describe('GET /projects', () => {
  it.each([
    [null, [2]],
    ['sam-token', [2, 3]],
    ['gus-token', [1, 2, 3, 4]],
    ['dee-token', [1, 2, 3, 4, 5]],
    ['root-token', [1, 2, 3, 4, 5, 6]],
  ])('lists for %s what they may see', async (token, ids) => {
    const { status, body, headers } = await ask(app, 'GET /projects?order_by=id&sort=asc', token)
    expect(status).toBe(200)
    expect(pick(body, 'id')).toEqual(ids)
    expect(headers['x-total']).toBe(String(ids.length))
  })

  it.each([
    ['', [1, 2, 3, 4, 5]],
    ['sort=asc', [5, 4, 3, 2, 1]],
    ['order_by=path&sort=asc', [5, 4, 3, 2, 1]],
    ['order_by=name&sort=desc', [1, 2, 3, 4, 5]],
    ['order_by=last_activity_at', [1, 2, 3, 4, 5]],
    ['membership=true', [1, 2, 4, 5]],
    ['owned=true', [5]],
    ['min_access_level=40', [5]],
    ['visibility=internal', [3]],
    ['archived=true', [4]],
    ['archived=false&membership=1', [1, 2, 5]],
    ['topic=a,b', [1]],
    ['search=TURN', [1]],
    ['search=widgets%20turn', []],
    ['search=wi', []],
    ['search=acme', []],
    ['search=acme&search_namespaces=true', [1, 2, 3, 4]],
    ['id_after=2&id_before=5', [3, 4]],
  ])('with ?%s lists %j', async (query, ids) => {
    const { status, body } = await ask(app, `GET /projects?${query}`, 'dee-token')
    expect(status).toBe(200)
    expect(pick(body, 'id')).toEqual(ids)
  })

  it('with simple=true shows less', async () => {
    const { body } = await ask(app, 'GET /projects?simple=true&search=widgets', 'dee-token')
    expect(body).toEqual([BASIC])
  })

  it('pages with X headers and links', async () => {
    const { headers, body } = await ask(app, 'GET /projects?per_page=2&page=2', 'dee-token')
    expect(pick(body, 'id')).toEqual([3, 4])
    const at = (page: number) =>
      `http://localhost/api/v4/projects?membership=false&order_by=created_at&owned=false&page=${page}&per_page=2&simple=false&sort=desc`
    expect(headers).toMatchObject({
      'x-total': '5',
      'x-total-pages': '3',
      'x-page': '2',
      'x-per-page': '2',
      'x-next-page': '3',
      'x-prev-page': '1',
      link: `<${at(1)}>; rel="prev", <${at(3)}>; rel="next", <${at(1)}>; rel="first", <${at(3)}>; rel="last"`,
    })
  })

  it('pages by key along the ids, until a page is empty', async () => {
    const first = 'GET /projects?pagination=keyset&order_by=id&sort=asc&per_page=3'
    const { body, headers } = await ask(app, first, 'dee-token')
    expect(pick(body, 'id')).toEqual([1, 2, 3])
    expect(headers['x-total']).toBeUndefined()
    expect(headers.link).toMatch(/[?&]id_after=3&.*rel="next"$/)
    expect((await ask(app, `${first}&id_after=5`, 'dee-token')).headers.link).toBeUndefined()
    const back = await ask(app, 'GET /projects?pagination=keyset&order_by=id&per_page=3', 'dee-token')
    expect(back.headers.link).toMatch(/[?&]id_before=3&/)
  })

  it.each([
    ['pagination=keyset', 405, { error: 'Keyset pagination is not yet available for this type of request' }],
    [
      'order_by=x&sort=y&visibility=z&per_page=0',
      400,
      {
        error:
          'order_by does not have a valid value, sort does not have a valid value, visibility does not have a valid value, per_page has a value not allowed',
      },
    ],
    ['min_access_level=31', 400, { error: 'min_access_level does not have a valid value' }],
  ])('refuses ?%s with %i', async (query, status, body) => {
    const answer = await ask(app, `GET /projects?${query}`, 'dee-token')
    expect({ status: answer.status, body: answer.body }).toEqual({ status, body })
  })

  it('lists the personal projects of a user', async () => {
    expect(pick((await ask(app, 'GET /users/dee/projects', 'dee-token')).body, 'id')).toEqual([5])
    expect(pick((await ask(app, 'GET /users/3/projects', 'dee-token')).body, 'id')).toEqual([5])
    expect((await ask(app, 'GET /users/dee/projects', null)).body).toEqual([])
    expect(await ask(app, 'GET /users/nobody/projects', 'dee-token')).toMatchObject({
      status: 404,
      body: { message: '404 User Not Found' },
    })
  })
})
