import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { answer, type Call, callerOf } from '../../caller.ts'
import { NOW, project, world } from './world.ts'

const TAGS = '/api/v4/projects/1/repository/tags'
const HUNDRED = '/api/v4/projects/2/repository/tags'
const NO_ROUTE = [404, { error: '404 Not Found' }]

const fixture = world(
  project('acme/widgets', 1, {
    tags: [
      { name: 'v1.2.0', target: 'c1' },
      { name: 'v1.10.0', target: 'c1' },
      { name: 'late', target: 'c1', message: 'Late\n', tagger: 'mia', date: '2024-05-01T00:00:00Z' },
      { name: 'trailers', target: 'c2' },
    ],
    tagRules: [{ pattern: 'locked' }],
  }),
  project('acme/hundred', 2, {
    tags: Array.from({ length: 100 }, (_, i) => ({ name: `t${String(i).padStart(3, '0')}`, target: 'c1' })),
  }),
)

function withProfile(name: string, rules: (call: () => Call) => void): void {
  describe(`profile ${name}`, () => {
    let app: FastifyInstance
    let call: Call
    beforeAll(async () => {
      app = await buildApp({ clock: NOW, fixture, profiles: { gitlab: name } })
      call = callerOf(app, { 'private-token': 'dee-token' })
    })
    afterAll(() => app.close())
    rules(() => call)
  })
}

async function namesOf(call: Call, url: string): Promise<string[]> {
  return ((await call('GET', url)).body as { name: string }[]).map((tag) => tag.name)
}

withProfile('14', (call) => {
  it('does not know order_by=version, signatures and created_at', async () => {
    expect(await answer(call()('GET', `${TAGS}?order_by=version`))).toEqual([
      400,
      { error: 'order_by does not have a valid value' },
    ])
    expect(await answer(call()('GET', `${TAGS}/late/signature`))).toEqual(NO_ROUTE)
    expect(Object.keys((await call()('GET', `${TAGS}/late`)).body as object)).toEqual([
      'name',
      'message',
      'target',
      'commit',
      'release',
      'protected',
    ])
  })

  it('always shows release, in the answer to POST too', async () => {
    expect((await call()('POST', `${TAGS}?tag_name=new&ref=main`)).body).toHaveProperty('release', null)
  })

  it('has trailers but no extended ones', async () => {
    const { commit } = (await call()('GET', `${TAGS}/trailers`)).body as { commit: object }
    expect(commit).toHaveProperty('trailers')
    expect(commit).not.toHaveProperty('extended_trailers')
  })

  it('counts one page too many on the first page of exactly 100', async () => {
    const first = await call()('GET', `${HUNDRED}?per_page=100`)
    expect(first.headers).toMatchObject({ 'x-total-pages': '2', 'x-next-page': '2', 'x-total': '100' })
    const second = await call()('GET', `${HUNDRED}?per_page=100&page=2`)
    expect([second.body, second.headers['x-total-pages'], second.headers['x-next-page']]).toEqual([
      [],
      '1',
      '',
    ])
    const zeroth = await call()('GET', `${HUNDRED}?per_page=100&page=0`)
    expect([
      zeroth.headers['x-page'],
      zeroth.headers['x-total-pages'],
      (zeroth.body as object[]).length,
    ]).toEqual(['1', '1', 100])
  })

  it('takes names that look like an id, and ignores release_description', async () => {
    const name = 'a1'.repeat(20)
    expect(
      (await call()('POST', TAGS, { payload: { tag_name: name, ref: 'main', release_description: 'Notes' } }))
        .status,
    ).toBe(201)
    expect((await call()('GET', `${TAGS}/${name}`)).body).toHaveProperty('release', null)
  })

  it('has keyset pagination but takes no job token', async () => {
    expect((await call()('GET', `${TAGS}?pagination=keyset&per_page=1`)).headers.link).toMatch(/rel="next"$/)
    expect(
      (await call()('GET', TAGS, { headers: { 'private-token': '', 'job-token': 'dee-job' } })).status,
    ).toBe(404)
  })

  it('checks the role before it looks a tag up to delete it', async () => {
    expect(
      await answer(call()('DELETE', `${TAGS}/nope`, { headers: { 'private-token': 'rex-token' } })),
    ).toEqual([403, { message: '403 Forbidden' }])
  })
})

withProfile('13', (call) => {
  it('sorts names naturally and updates by commit, both reversed as a whole', async () => {
    expect(await namesOf(call(), `${TAGS}?order_by=name`)).toEqual(['v1.10.0', 'v1.2.0', 'trailers', 'late'])
    expect(await namesOf(call(), `${TAGS}?order_by=name&sort=asc`)).toEqual([
      'late',
      'trailers',
      'v1.2.0',
      'v1.10.0',
    ])
    expect(await namesOf(call(), TAGS)).toEqual(['trailers', 'v1.2.0', 'v1.10.0', 'late'])
  })

  it('pages the first page like any other and has no keyset', async () => {
    expect((await call()('GET', `${HUNDRED}?per_page=500`)).headers).toMatchObject({
      'x-per-page': '100',
      'x-total-pages': '1',
      'x-next-page': '',
    })
    expect((await call()('GET', `${HUNDRED}?pagination=keyset&page_token=unknown`)).headers['x-total']).toBe(
      '100',
    )
  })

  it('does not look at a page_token, whatever its type', async () => {
    const { status, headers } = await call()('GET', `${HUNDRED}?page_token[]=t001&per_page=60`)
    expect([status, headers['x-next-page']]).toEqual([200, '2'])
  })

  it('has no trailers', async () => {
    expect((await call()('GET', `${TAGS}/trailers`)).body).not.toHaveProperty('commit.trailers')
  })

  it('makes a release with a tag', async () => {
    const reply = await call()('POST', TAGS, {
      payload: { tag_name: 'released', ref: 'main', release_description: 'Notes' },
    })
    expect(reply).toMatchObject({
      status: 201,
      body: { release: { tag_name: 'released', description: 'Notes' } },
    })
  })
})

withProfile('documented', (call) => {
  it('shows message: null for a lightweight tag', async () => {
    expect((await call()('GET', `${TAGS}/v1.2.0`)).body).toHaveProperty('message', null)
    expect((await call()('GET', `${TAGS}/late`)).body).toHaveProperty('message', 'Late')
  })

  it.each([
    [{ tag_name: 'late', ref: 'main' }, 405, { message: 'Tag late already exists' }],
    [{ tag_name: 'x', ref: 'nope' }, 405, { message: 'Target nope is invalid' }],
    [{ tag_name: 'a b', ref: 'main' }, 405, { message: 'Tag name invalid' }],
    [
      { tag_name: 'locked', ref: 'main' },
      405,
      { message: 'You are not allowed to create this tag as it is protected.' },
    ],
    [{}, 400, { error: 'tag_name is missing, ref is missing' }],
  ])('answers the creation %j with %i', async (payload, status, body) => {
    expect(await answer(call()('POST', TAGS, { payload }))).toEqual([status, body])
  })
})
