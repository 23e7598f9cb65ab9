import { Gitlab } from '@gitbeaker/rest'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type FakeForge, startFakeForge } from '../../src/index.ts'
import { NOW, project, world } from '../vendors/gitlab/world.ts'

let forge: FakeForge
beforeEach(async () => {
  forge = await startFakeForge({
    clock: NOW,
    fixture: world(
      project('acme/widgets', 1, {
        tags: Array.from({ length: 5 }, (_, i) => ({ name: `v${i}`, target: 'c1' })),
      }),
    ),
  })
})
afterEach(() => forge.close())

const tags = () => new Gitlab({ host: forge.url, token: 'mia-token' }).Tags

async function control(method: 'GET' | 'POST', path: string, payload?: object): Promise<never> {
  const { body } = await forge.app.inject({
    method,
    url: `/__admin/${path}`,
    headers: { host: 'localhost' },
    ...(payload && { payload }),
  })
  return JSON.parse(body) as never
}

/** What the server saw, by status. */
async function statuses(operation: string): Promise<number[]> {
  const { requests } = await control('GET', `requests?operation=${operation}`)
  return (requests as { status: number }[]).map(({ status }) => status)
}

it('gitbeaker retries 429 and 502, and sees exactly the failures that were asked for', async () => {
  await control('POST', 'faults', [
    { operation: 'gitlab.getTag', status: 429, retryAfter: 1, times: 2 },
    { operation: 'gitlab.getTag', status: 502, times: 3 },
  ] as object)
  expect((await tags().show(1, 'v1')).name).toBe('v1')
  expect(await statuses('gitlab.getTag')).toEqual([429, 429, 502, 502, 502, 200])
  expect(await control('GET', 'faults')).toMatchObject({
    faults: [
      { hits: 2, left: 0 },
      { hits: 3, left: 0 },
    ],
  })
})

it('gitbeaker gives up after ten tries', async () => {
  await control('POST', 'faults', { operation: 'gitlab.getTag', status: 502 })
  await expect(tags().show(1, 'v1')).rejects.toThrow(/after 10 retries, last status code: 502/)
  expect(await control('GET', 'requests/count?operation=gitlab.getTag&status=502')).toEqual({ count: 10 })
})

it('gitbeaker does not retry 500 and 503, and reads their bodies', async () => {
  for (const [status, description] of [
    [500, '500 Internal Server Error'],
    [503, '503 Service Unavailable'],
  ] as const) {
    await control('POST', 'faults', { operation: 'gitlab.getTag', status, times: 1 })
    await expect(tags().show(1, 'v1')).rejects.toMatchObject({ cause: { description } })
  }
  expect(await statuses('gitlab.getTag')).toEqual([500, 503])
})

it('gitbeaker takes the 404 after its own retry of a delete for an error', async () => {
  await control('POST', 'faults/scenarios/delete-404-after-retry', {})
  await expect(tags().remove(1, 'v1')).rejects.toMatchObject({ cause: { description: '404 Tag Not Found' } })
  expect(await statuses('gitlab.deleteTag')).toEqual([502, 404])
  expect((await tags().all(1)).map(({ name }) => name)).not.toContain('v1')
})

it('gitbeaker fails as a whole when its token is refused on page 2', async () => {
  await control('POST', 'faults/scenarios/token-refused-on-page-2', {})
  await expect(tags().all(1, { perPage: 2 })).rejects.toMatchObject({
    cause: { description: '401 Unauthorized' },
  })
  expect(await statuses('gitlab.listTags')).toEqual([200, 401])
})

it('gitbeaker finds the end of a list by the old page formula, and of one that was not counted', async () => {
  await control('POST', 'faults/scenarios/gitlab-page-formula', {})
  expect(await tags().all(1, { perPage: 100 })).toHaveLength(100)
  expect(await statuses('gitlab.listTags')).toEqual([200, 200])
  await forge.reset()
  await control('POST', 'faults/scenarios/gitlab-no-totals', {})
  expect(await tags().all(1, { perPage: 2 })).toHaveLength(5)
})
