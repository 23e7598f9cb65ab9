import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { answer, type Call, callerOf } from '../../caller.ts'
import { NOW, project, world } from './world.ts'

const LINKS = '/api/v4/projects/1/releases/v1/assets/links'
const FORBIDDEN = [403, { message: '403 Forbidden' }]
const NOT_FOUND = [404, { message: '404 Not found' }]

let app: FastifyInstance
let dee: Call
const as = (token: string) => callerOf(app, { 'private-token': token })

const link = (id: number, name: string, url: string, more: object = {}) => ({
  id,
  name,
  url,
  direct_asset_url: url,
  external: true,
  link_type: 'other',
  ...more,
})

const one = link(1, 'one', 'https://example.test/1', { link_type: 'image' })
const two = link(2, 'two', 'https://example.test/2')

beforeEach(async () => {
  const links = [
    { name: 'one', url: 'https://example.test/1', kind: 'image' },
    { name: 'two', url: 'https://example.test/2' },
  ]
  app = await buildApp({
    clock: NOW,
    fixture: world(
      project('acme/widgets', 1, {
        tags: [
          { name: 'v1', target: 'c1' },
          { name: 'locked', target: 'c1' },
        ],
        tagRules: [{ pattern: 'locked' }],
        releases: [{ tag: 'v1', links }, { tag: 'locked' }],
      }),
      project('acme/members', 2, {
        visibility: 'public',
        features: { releases: 'private' },
        tags: [{ name: 'v1', target: 'c1' }],
        releases: [{ tag: 'v1' }],
      }),
    ),
  })
  dee = as('dee-token')
})
afterEach(() => app.close())

const post = (payload: object, call = dee) => answer(call('POST', LINKS, { payload }))
const put = (id: number, payload: object, call = dee) => answer(call('PUT', `${LINKS}/${id}`, { payload }))

describe('links of a release', () => {
  it('are listed with the latest first, by pages', async () => {
    expect(await answer(dee('GET', LINKS))).toEqual([200, [two, one]])
    const { body, headers } = await dee('GET', `${LINKS}?per_page=1&page=2`)
    expect(body).toEqual([one])
    expect(headers).toMatchObject({ 'x-total': '2', 'x-prev-page': '1' })
  })

  it('are found by number', async () => {
    expect(await answer(dee('GET', `${LINKS}/1`))).toEqual([200, one])
    expect(await answer(dee('GET', `${LINKS}/9`))).toEqual(NOT_FOUND)
    expect(await answer(dee('GET', `${LINKS}/x`))).toEqual([400, { error: 'link_id is invalid' }])
  })

  it('are 404 without a release', async () => {
    const missing = '/api/v4/projects/1/releases/nope/assets/links'
    expect(await answer(dee('GET', missing))).toEqual(NOT_FOUND)
    expect(await answer(dee('GET', `${missing}/1`))).toEqual(NOT_FOUND)
    expect(await answer(dee('POST', missing, { payload: { name: 'a', url: 'http://a' } }))).toEqual(NOT_FOUND)
  })
})

describe('adding a link', () => {
  it('answers 201 with it', async () => {
    expect(
      await post({ name: 'a', url: 'http://a', link_type: 'package', direct_asset_path: '/bin/a.zip' }),
    ).toEqual([
      201,
      link(3, 'a', 'http://a', {
        link_type: 'package',
        direct_asset_url: 'http://localhost/acme/widgets/-/releases/v1/downloads/bin/a.zip',
      }),
    ])
    expect(await post({ name: 'b', url: 'http://localhost/acme/widgets/-/jobs/1', filepath: null })).toEqual([
      201,
      link(4, 'b', 'http://localhost/acme/widgets/-/jobs/1', { external: false }),
    ])
  })

  it.each([
    [{}, 'name is missing, url is missing'],
    [{ name: 'a', url: 'http://a', link_type: 'odd' }, 'link_type does not have a valid value'],
  ])('refuses the parameters %j', async (payload, error) => {
    expect(await post(payload)).toEqual([400, { error }])
  })

  it.each([
    [{ name: 'one', url: 'http://a' }, ['Name has already been taken']],
    [{ name: 'a', url: 'https://example.test/1' }, ['Url has already been taken']],
    [
      { name: 'one', url: 'https://example.test/1' },
      ['Url has already been taken', 'Name has already been taken'],
    ],
    [{ name: ' ', url: 'http://a' }, ["Name can't be blank"]],
    [{ name: 'a', url: '' }, ["Url can't be blank", 'Url must be a valid URL']],
    [{ name: 'a', url: 'nonsense' }, ['Url is blocked: URI is invalid']],
    [{ name: 'a', url: 'file:///etc' }, ['Url is blocked: Only allowed schemes are http, https, ftp']],
    [{ name: 'a', url: 'http://a', filepath: 'bin' }, ['Filepath is invalid']],
    [{ name: 'a', url: 'http://a', filepath: '/a//b' }, ['Filepath is invalid']],
    [
      { name: 'a', url: 'http://a', filepath: `/${'a'.repeat(50_000)}!` },
      ['Filepath is invalid', 'Filepath is too long (maximum is 128 characters)'],
    ],
  ])('refuses the link %j', async (payload, message) => {
    expect(await post(payload)).toEqual([400, { message }])
  })
})

describe('changing a link', () => {
  it('keeps what is not named but the type, which goes back to its default', async () => {
    expect(await put(1, { name: 'uno', link_type: 'image' })).toEqual([200, { ...one, name: 'uno' }])
    expect(await put(1, { url: 'http://u' })).toEqual([200, link(1, 'uno', 'http://u')])
  })

  it('wants a name or a URL', async () => {
    const error = 'name, url are missing, at least one parameter must be provided'
    expect(await put(1, { link_type: 'image' })).toEqual([400, { error }])
  })

  it('refuses what another link has, and takes what it has itself', async () => {
    expect(await put(1, { name: 'two' })).toEqual([400, { message: ['Name has already been taken'] }])
    expect((await put(1, { name: 'one' }))[0]).toBe(200)
    expect(await put(9, { name: 'x' })).toEqual(NOT_FOUND)
  })
})

describe('removing a link', () => {
  it('answers 200 with it, once', async () => {
    expect(await answer(dee('DELETE', `${LINKS}/1`))).toEqual([200, one])
    expect(await answer(dee('DELETE', `${LINKS}/1`))).toEqual(NOT_FOUND)
    expect(await answer(dee('GET', LINKS))).toEqual([200, [two]])
  })
})

describe('who may', () => {
  it('lets reporters read and developers write', async () => {
    const rex = as('rex-token')
    expect((await rex('GET', LINKS)).status).toBe(200)
    expect(await post({ name: 'a', url: 'http://a' }, rex)).toEqual(FORBIDDEN)
    expect(await put(1, { name: 'a' }, rex)).toEqual(FORBIDDEN)
    expect(await answer(rex('DELETE', `${LINKS}/1`))).toEqual(FORBIDDEN)
  })

  it('keeps developers from the links of a protected tag', async () => {
    const locked = '/api/v4/projects/1/releases/locked/assets/links'
    const payload = { name: 'a', url: 'http://a' }
    expect(await answer(dee('POST', locked, { payload }))).toEqual(FORBIDDEN)
    expect((await as('mia-token')('POST', locked, { payload })).status).toBe(201)
  })

  it('keeps releases that are for members from everybody else', async () => {
    const url = '/api/v4/projects/2/releases/v1/assets/links'
    expect(await answer(as('sam-token')('GET', url))).toEqual(FORBIDDEN)
    expect((await as('gus-token')('GET', url)).status).toBe(200)
  })

  it('takes a job token', async () => {
    const job = callerOf(app, { 'job-token': 'dee-job' })
    expect((await post({ name: 'a', url: 'http://a' }, job))[0]).toBe(201)
    expect((await job('DELETE', `${LINKS}/3`)).status).toBe(200)
  })
})
