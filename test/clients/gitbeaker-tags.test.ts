import { Gitlab } from '@gitbeaker/rest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeForge, startFakeForge } from '../../src/index.ts'
import { NOW, project, world } from '../vendors/gitlab/world.ts'

let forge: FakeForge

beforeAll(async () => {
  forge = await startFakeForge({
    clock: NOW,
    fixture: world(
      project('acme/widgets', 1, {
        tags: [{ name: 'v1.0.0', target: 'c1' }],
        tagRules: [{ pattern: 'locked' }],
      }),
      project('acme/many', 2, {
        tags: Array.from({ length: 250 }, (_, i) => ({
          name: `t${String(i).padStart(3, '0')}`,
          target: 'c1',
        })),
      }),
    ),
  })
})
afterAll(() => forge.close())

const client = (token = 'dee-token') => new Gitlab({ host: forge.url, token })

/** What gitbeaker makes of an error answer. */
async function failureOf(
  request: Promise<unknown>,
): Promise<{ status: number | undefined; description: string | undefined }> {
  const error = await request.then(
    () => null,
    (reason: { cause?: { response?: { status: number }; description?: string } }) => reason,
  )
  return { status: error?.cause?.response?.status, description: error?.cause?.description }
}

describe('@gitbeaker/rest Tags', () => {
  it('creates, shows, lists and removes', async () => {
    const { Tags } = client()
    const created = await Tags.create('acme/widgets', 'release/2.0', 'main', { message: 'Two' })
    expect(created).toMatchObject({ name: 'release/2.0', message: 'Two' })
    expect(await Tags.show(1, 'release/2.0')).toEqual({ ...created, release: null })
    expect((await Tags.all(1)).map((tag) => tag.name)).toEqual(['release/2.0', 'v1.0.0'])
    await Tags.remove(1, 'release/2.0')
    expect(await failureOf(Tags.show(1, 'release/2.0'))).toEqual({
      status: 404,
      description: '404 Tag Not Found',
    })
  })

  it('follows offset pages to the end', async () => {
    const all = await client().Tags.all(2, { perPage: 100 })
    expect(all).toHaveLength(250)
    expect(new Set(all.map((tag) => tag.name)).size).toBe(250)
  })

  it('reads the pagination headers of one page', async () => {
    const { data, paginationInfo } = await client().Tags.all(2, {
      perPage: 100,
      page: 2,
      maxPages: 1,
      showExpanded: true,
    })
    expect(data).toHaveLength(100)
    expect(paginationInfo).toEqual({
      total: 250,
      next: 3,
      current: 2,
      previous: 1,
      perPage: 100,
      totalPages: 3,
    })
  })

  it('follows keyset pages to the end', async () => {
    const all = await client().Tags.all(2, {
      pagination: 'keyset',
      perPage: 100,
      orderBy: 'name',
      sort: 'asc',
    } as never)
    expect(all.map((tag) => tag.name)).toEqual(
      Array.from({ length: 250 }, (_, i) => `t${String(i).padStart(3, '0')}`),
    )
  })

  it('maps errors to status and words', async () => {
    const { Tags } = client()
    expect(await failureOf(Tags.create(1, 'v1.0.0', 'main'))).toEqual({
      status: 400,
      description: 'Tag v1.0.0 already exists',
    })
    expect(await failureOf(Tags.create(1, 'locked', 'main'))).toEqual({
      status: 400,
      description: 'You are not allowed to create this tag as it is protected.',
    })
    expect(await failureOf(Tags.all(1, { orderBy: 'date' } as never))).toEqual({
      status: 400,
      description: 'order_by does not have a valid value',
    })
    expect(await failureOf(client('bad').Tags.all(1))).toEqual({
      status: 401,
      description: '401 Unauthorized',
    })
    expect(await failureOf(client('rex-token').Tags.remove(1, 'v1.0.0'))).toEqual({
      status: 403,
      description: '403 Forbidden',
    })
    expect(await failureOf(client('sam-token').Tags.all(1))).toEqual({
      status: 404,
      description: '404 Project Not Found',
    })
  })

  it('authenticates with an OAuth token and acts for others by sudo', async () => {
    expect(await new Gitlab({ host: forge.url, oauthToken: 'dee-token' }).Tags.all(1)).toHaveLength(1)
    expect(
      await failureOf(new Gitlab({ host: forge.url, token: 'root-token', sudo: 'sam' }).Tags.all(1)),
    ).toMatchObject({ status: 404 })
  })
})
