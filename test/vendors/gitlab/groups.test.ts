import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { ask, pick } from './neighbours.ts'
import { NOW, project, users } from './world.ts'

let app: FastifyInstance
beforeAll(async () => {
  app = await buildApp({
    clock: NOW,
    fixture: {
      users,
      owners: [
        { alias: 'acme', name: 'Acme', members: { mia: 'owner', dee: 'developer' } },
        { alias: 'acme/deep', name: 'Deep' },
        { alias: 'secret', name: 'Secret', members: { mia: 'maintainer' } },
      ],
      projects: [
        project('acme/one', 1, { members: {} }),
        project('acme/two', 2, { members: {}, visibility: 'internal' }),
        project('acme/deep/three', 3, { members: {}, visibility: 'public' }),
        project('secret/four', 4, { members: { gus: 'guest' } }),
      ],
    },
  })
})
afterAll(() => app.close())

const GROUP = {
  id: 9,
  web_url: 'http://localhost/groups/acme/deep',
  name: 'Deep',
  path: 'deep',
  description: '',
  visibility: 'public',
  avatar_url: null,
  request_access_enabled: true,
  full_name: 'Acme / Deep',
  full_path: 'acme/deep',
  created_at: '2024-01-01T00:00:00.000Z',
  parent_id: 8,
}
const NAMESPACE = {
  id: 8,
  name: 'Acme',
  path: 'acme',
  kind: 'group',
  full_path: 'acme',
  parent_id: null,
  avatar_url: null,
  web_url: 'http://localhost/groups/acme',
}

describe('GET /groups', () => {
  it.each([
    [null, ['Acme', 'Deep']],
    ['sam-token', ['Acme', 'Deep']],
    ['gus-token', ['Acme', 'Deep', 'Secret']],
    ['root-token', ['Acme', 'Deep', 'Secret']],
  ])('lists for %s %j', async (token, names) => {
    const { status, body, headers } = await ask(app, 'GET /groups', token)
    expect(status).toBe(200)
    expect(pick(body, 'name')).toEqual(names)
    expect(headers['x-total']).toBe(String(names.length))
  })

  it.each([
    ['search=dee', ['Deep']],
    ['owned=true', ['Acme']],
    ['min_access_level=40', ['Acme', 'Secret']],
    ['top_level_only=true&sort=desc', ['Secret', 'Acme']],
    ['order_by=id&sort=desc&per_page=1', ['Secret']],
    ['order_by=path', ['Acme', 'Deep', 'Secret']],
  ])('with ?%s lists %j', async (query, names) => {
    const { body } = await ask(app, `GET /groups?${query}`, 'mia-token')
    expect(pick(body, 'name')).toEqual(names)
  })
})

describe('GET /groups/:id', () => {
  it.each(['acme%2Fdeep', 'ACME%2FDeep', '9'])('finds %s', async (id) => {
    const { status, body } = await ask(app, `GET /groups/${id}?with_projects=false`, null)
    expect({ status, body }).toEqual({ status: 200, body: GROUP })
  })

  it('comes with the projects that the viewer may see, without permissions', async () => {
    const { body } = await ask(app, 'GET /groups/acme', 'sam-token')
    const { projects, shared_projects } = body as { projects: object[]; shared_projects: object[] }
    expect(pick(projects, 'id')).toEqual([2])
    expect(projects[0]).not.toHaveProperty('permissions')
    expect(shared_projects).toEqual([])
  })

  it.each([
    ['secret', null],
    ['secret', 'sam-token'],
    ['nobody', 'root-token'],
    ['dee', 'root-token'],
  ])('answers 404 for %s to %s', async (id, token) => {
    const { status, body } = await ask(app, `GET /groups/${id}`, token)
    expect({ status, body }).toEqual({ status: 404, body: { message: '404 Group Not Found' } })
  })

  it('lists its own projects, not those of groups below', async () => {
    expect(pick((await ask(app, 'GET /groups/acme/projects?sort=asc', 'mia-token')).body, 'id')).toEqual([
      1, 2,
    ])
    expect((await ask(app, 'GET /groups/acme/projects', null)).body).toEqual([])
    expect((await ask(app, 'GET /groups/secret/projects', null)).status).toBe(404)
  })
})

describe('GET /namespaces', () => {
  it.each([
    ['sam-token', ['sam']],
    ['dee-token', ['dee', 'acme']],
    ['mia-token', ['mia', 'acme', 'secret']],
  ])('lists for %s their own and those that they are members of', async (token, paths) => {
    const { body } = await ask(app, 'GET /namespaces', token)
    expect(pick(body, 'full_path')).toEqual(paths)
  })

  it('lists everything for administrators', async () => {
    const { headers } = await ask(app, 'GET /namespaces', 'root-token')
    expect(headers['x-total']).toBe('10')
  })

  it.each([
    ['owned_only=true', ['mia', 'acme']],
    ['search=SEC', ['secret']],
  ])('with ?%s lists %j', async (query, paths) => {
    const { body } = await ask(app, `GET /namespaces?${query}`, 'mia-token')
    expect(pick(body, 'full_path')).toEqual(paths)
  })

  it('answers one by id or path', async () => {
    expect((await ask(app, 'GET /namespaces/acme', 'dee-token')).body).toEqual(NAMESPACE)
    expect((await ask(app, 'GET /namespaces/8', 'dee-token')).body).toEqual(NAMESPACE)
    expect((await ask(app, 'GET /namespaces/sam', 'sam-token')).body).toMatchObject({
      kind: 'user',
      name: 'Sam S',
      web_url: 'http://localhost/sam',
    })
  })

  it.each([
    ['GET /namespaces', null, 401, { message: '401 Unauthorized' }],
    ['GET /namespaces/acme', null, 401, { message: '401 Unauthorized' }],
    ['GET /namespaces/acme', 'sam-token', 404, { message: '404 Namespace Not Found' }],
    ['GET /namespaces/nobody', 'root-token', 404, { message: '404 Namespace Not Found' }],
  ])('%s for %s answers %i', async (request, token, status, body) => {
    const answer = await ask(app, request, token)
    expect({ status: answer.status, body: answer.body }).toEqual({ status, body })
  })
})
