import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { ask, pick } from './neighbours.ts'
import { NOW, project, world } from './world.ts'

const BRANCHES = '/projects/1/repository/branches'
const fixture = world(
  project('acme/widgets', 1, {
    branches: { old: 'c1', 'release/1': 'c2', Release: 'c1' },
    tags: [{ name: 'v1', target: 'c1', message: 'One\n', tagger: 'mia', date: '2024-01-02T00:00:00Z' }],
  }),
  project('acme/open', 2, { visibility: 'public' }),
  project('acme/shelved', 3, { archived: true }),
  project('acme/empty', 4, { commits: [] }),
  { path: 'acme/bare', id: 5, repository: false, members: { dee: 'developer' } },
)

let app: FastifyInstance
beforeAll(async () => {
  app = await buildApp({ fixture, clock: NOW })
})
beforeEach(() => app.worlds.reset())
afterAll(() => app.close())

const C1 = {
  id: expect.stringMatching(/^[0-9a-f]{40}$/),
  short_id: expect.stringMatching(/^[0-9a-f]{8}$/),
  created_at: '2024-01-01T10:00:00.000+02:00',
  parent_ids: [],
  title: 'Initial commit',
  message: 'Initial commit\n',
  author_name: 'Mia M',
  author_email: 'mia@example.test',
  authored_date: '2024-01-01T10:00:00.000+02:00',
  committer_name: 'Mia M',
  committer_email: 'mia@example.test',
  committed_date: '2024-01-01T10:00:00.000+02:00',
  trailers: {},
  extended_trailers: {},
  web_url: expect.stringMatching(/^http:\/\/localhost\/acme\/widgets\/-\/commit\/[0-9a-f]{40}$/),
}
const OLD = {
  name: 'old',
  commit: C1,
  merged: true,
  protected: false,
  developers_can_push: false,
  developers_can_merge: false,
  can_push: true,
  default: false,
  web_url: 'http://localhost/acme/widgets/-/tree/old',
}

describe('GET …/branches/:branch', () => {
  it('answers all keys in order', async () => {
    const { status, body } = await ask(app, `GET ${BRANCHES}/old`, 'dee-token')
    expect({ status, body }).toEqual({ status: 200, body: OLD })
    expect(Object.keys(body as object)).toEqual(Object.keys(OLD))
  })

  it.each([
    ['main', 'dee-token', { default: true, protected: true, merged: false, can_push: false }],
    ['main', 'mia-token', { default: true, protected: true, merged: false, can_push: true }],
    ['feature%2Fx', 'dee-token', { name: 'feature/x', protected: false, merged: false, can_push: true }],
    ['feature%2Fx', 'rex-token', { name: 'feature/x', can_push: false }],
    ['release%2F1', 'dee-token', { merged: true }],
  ])('tells of %s to %s what is true', async (name, token, facts) => {
    expect((await ask(app, `GET ${BRANCHES}/${name}`, token)).body).toMatchObject(facts)
  })

  it('lets nobody push to an archived project, and strangers to none', async () => {
    const shelved = await ask(app, 'GET /projects/3/repository/branches/feature%2Fx', 'mia-token')
    expect(shelved.body).toMatchObject({ can_push: false })
    const open = await ask(app, 'GET /projects/2/repository/branches/feature%2Fx', null)
    expect(open.body).toMatchObject({ can_push: false })
  })

  it.each([
    ['GET', 'nope', 'dee-token', 404, { message: '404 Branch Not Found' }],
    ['GET', 'OLD', 'dee-token', 404, { message: '404 Branch Not Found' }],
    ['GET', 'v1', 'dee-token', 404, { message: '404 Branch Not Found' }],
    ['GET', 'old', 'gus-token', 403, { message: '403 Forbidden' }],
    ['GET', 'old', 'sam-token', 404, { message: '404 Project Not Found' }],
    ['GET', 'feature/x', 'dee-token', 404, { error: '404 Not Found' }],
    ['HEAD', 'old', 'dee-token', 204, ''],
    ['HEAD', 'release%2F1', 'dee-token', 204, ''],
    ['HEAD', 'nope', 'dee-token', 404, ''],
  ])('%s %s for %s answers %i', async (method, name, token, status, body) => {
    const answer = await ask(app, `${method} ${BRANCHES}/${name}`, token)
    expect({ status: answer.status, body: answer.body }).toEqual({ status, body })
  })
})

describe('GET …/branches', () => {
  it.each([
    ['', ['Release', 'feature/x', 'main', 'old', 'release/1']],
    ['sort=updated_desc', ['feature/x', 'main', 'release/1', 'Release', 'old']],
    ['sort=updated_asc', ['Release', 'old', 'main', 'release/1', 'feature/x']],
    ['search=RELEASE', ['Release', 'release/1']],
    ['search=^rel', ['Release', 'release/1']],
    ['search=x$', ['feature/x']],
    ['search=f*x', ['feature/x']],
    ['search=nope', []],
    ['per_page=2&page=2', ['main', 'old']],
    ['per_page=2&page=9', []],
  ])('with ?%s lists %j', async (query, names) => {
    const { status, body } = await ask(app, `GET ${BRANCHES}?${query}`, 'rex-token')
    expect(status).toBe(200)
    expect(pick(body, 'name')).toEqual(names)
  })

  it('writes the headers of offset pages', async () => {
    const { headers } = await ask(app, `GET ${BRANCHES}?per_page=2&page=2`, 'rex-token')
    const at = (page: number) => `http://localhost/api/v4${BRANCHES}?id=1&page=${page}&per_page=2`
    expect(headers).toMatchObject({
      'x-total': '5',
      'x-total-pages': '3',
      'x-next-page': '3',
      'x-prev-page': '1',
      link: `<${at(1)}>; rel="prev", <${at(3)}>; rel="next", <${at(1)}>; rel="first", <${at(3)}>; rel="last"`,
    })
  })

  it('pages by key after a branch', async () => {
    const keyset = `GET ${BRANCHES}?pagination=keyset&per_page=2`
    const first = await ask(app, keyset, 'rex-token')
    expect(pick(first.body, 'name')).toEqual(['Release', 'feature/x'])
    expect(first.headers.link).toMatch(/[?&]page_token=feature%2Fx&.*rel="next"$/)
    expect(first.headers['x-total']).toBeUndefined()
    const last = await ask(app, `${keyset}&page_token=old`, 'rex-token')
    expect(pick(last.body, 'name')).toEqual(['release/1'])
    expect(last.headers.link).toBeUndefined()
    expect(await ask(app, `${keyset}&page_token=nope`, 'rex-token')).toMatchObject({
      status: 422,
      body: { message: 'Invalid page token: refs/heads/nope' },
    })
  })

  it.each([
    ['/projects/4/repository/branches', 'mia-token', 200, []],
    ['/projects/5/repository/branches', 'dee-token', 404, { message: '404 Not Found' }],
    [`${BRANCHES}?sort=name_desc`, 'dee-token', 400, { error: 'sort does not have a valid value' }],
    [BRANCHES, 'gus-token', 403, { message: '403 Forbidden' }],
    [BRANCHES, null, 404, { message: '404 Project Not Found' }],
  ])('%s for %s answers %i', async (path, token, status, body) => {
    const answer = await ask(app, `GET ${path}`, token)
    expect({ status: answer.status, body: answer.body }).toEqual({ status, body })
  })
})

describe('POST …/branches', () => {
  it('makes a branch of a tag, a branch or a short id, and answers it', async () => {
    const made = await ask(app, `POST ${BRANCHES}`, 'dee-token', { branch: 'new/one', ref: 'v1' })
    const expected = { ...OLD, name: 'new/one', web_url: 'http://localhost/acme/widgets/-/tree/new/one' }
    expect({ status: made.status, body: made.body }).toEqual({ status: 201, body: expected })
    expect((await ask(app, `GET ${BRANCHES}/new%2Fone`, 'dee-token')).body).toEqual(expected)
    const { short_id } = (made.body as { commit: { short_id: string } }).commit
    expect((await ask(app, `POST ${BRANCHES}?branch=two&ref=${short_id}`, 'mia-token')).status).toBe(201)
    expect((await ask(app, `POST ${BRANCHES}?branch=three&ref=main`, 'mia-token')).status).toBe(201)
  })

  it.each([
    [{}, { error: 'branch is missing, branch is empty, ref is missing, ref is empty' }],
    [{ branch: 'x', ref: ' ' }, { error: 'ref is empty' }],
    [{ branch: null, ref: 'main' }, { error: 'branch is empty' }],
    [{ branch: 'a b', ref: 'main' }, { message: 'Branch name is invalid' }],
    [{ branch: 'HEAD', ref: 'main' }, { message: 'Branch name is invalid' }],
    [{ branch: '-x', ref: 'main' }, { message: 'Branch name is invalid' }],
    [{ branch: 'refs/heads/x', ref: 'main' }, { message: 'Branch name is invalid' }],
    [{ branch: 'old', ref: 'nope' }, { message: 'Branch already exists' }],
    [{ branch: 'x', ref: 'nope' }, { message: "Failed to create branch 'x': invalid reference name 'nope'" }],
    [{ branch: 'x', ref: '-x' }, { message: "Failed to create branch 'x': invalid reference name '-x'" }],
    [
      { branch: 'x', ref: 'main:README.md' },
      { message: "Failed to create branch 'x': invalid reference name 'main:README.md'" },
    ],
    [
      { branch: 'old/x', ref: 'main' },
      { message: "Failed to create branch 'old/x': Branch name conflicts with existing branch hierarchy." },
    ],
    [
      { branch: 'a'.repeat(40), ref: 'main' },
      { message: 'You cannot create a branch with a SHA-1 or SHA-256 branch name.' },
    ],
  ])('refuses %j with 400', async (payload, body) => {
    const answer = await ask(app, `POST ${BRANCHES}`, 'dee-token', payload)
    expect({ status: answer.status, body: answer.body }).toEqual({ status: 400, body })
  })

  it('complained about the reference in other words before 15', async () => {
    const old = await buildApp({ fixture, profiles: { gitlab: '14' } })
    const answer = await ask(old, `POST ${BRANCHES}`, 'dee-token', { branch: 'x', ref: 'nope' })
    expect(answer).toMatchObject({ status: 400, body: { message: 'Invalid reference name: nope' } })
    await old.close()
  })

  it.each([
    [1, 'rex-token', 403, { message: '403 Forbidden' }],
    [1, 'gus-token', 403, { message: '403 Forbidden' }],
    [1, 'dee-read', 403, expect.objectContaining({ error: 'insufficient_scope' })],
    [1, null, 404, { message: '404 Project Not Found' }],
    [2, null, 403, { message: '403 Forbidden' }],
    [3, 'mia-token', 403, { message: '403 Forbidden' }],
  ])('in project %i for %s answers %i', async (id, token, status, body) => {
    const payload = { branch: 'x', ref: 'main' }
    const answer = await ask(app, `POST /projects/${id}/repository/branches`, token, payload)
    expect({ status: answer.status, body: answer.body }).toEqual({ status, body })
  })
})

describe('DELETE …/branches/:branch', () => {
  it('removes a branch', async () => {
    const { status, body, headers } = await ask(app, `DELETE ${BRANCHES}/release%2F1`, 'dee-token')
    expect({ status, body }).toEqual({ status: 204, body: '' })
    expect(headers['content-type']).toBeUndefined()
    expect((await ask(app, `HEAD ${BRANCHES}/release%2F1`, 'dee-token')).status).toBe(404)
  })

  it.each([
    ['main', 'mia-token', 400, { message: 'The default branch of a project cannot be deleted.' }],
    ['nope', 'mia-token', 404, { message: '404 Branch Not Found' }],
    ['old', 'rex-token', 403, { message: '403 Forbidden' }],
    ['nope', 'rex-token', 403, { message: '403 Forbidden' }],
    ['old', 'sam-token', 404, { message: '404 Project Not Found' }],
  ])('%s for %s answers %i', async (name, token, status, body) => {
    const answer = await ask(app, `DELETE ${BRANCHES}/${name}`, token)
    expect({ status: answer.status, body: answer.body }).toEqual({ status, body })
  })

  it('keeps a branch that has moved on since', async () => {
    const since = (date: string) => ({ 'if-unmodified-since': date })
    const early = since('Mon, 01 Jan 2024 07:59:59 GMT')
    expect(await ask(app, `DELETE ${BRANCHES}/old`, 'dee-token', undefined, early)).toMatchObject({
      status: 412,
      body: { message: '412 Precondition Failed' },
    })
    const exact = since('Mon, 01 Jan 2024 08:00:00 GMT')
    expect((await ask(app, `DELETE ${BRANCHES}/old`, 'dee-token', undefined, exact)).status).toBe(204)
  })
})
