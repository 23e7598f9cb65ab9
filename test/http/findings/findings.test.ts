import { describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import type { Call } from '../../caller.ts'
import { open, TAGS } from './strict-world.ts'

describe('findings', () => {
  it('are told of the requests that a filter is about, though all count', async () => {
    const { gitlab, admin, findings } = await open()
    await gitlab('GET', `${TAGS}?a=1`)
    await gitlab('GET', `${TAGS}?a=1&page=2`)
    await gitlab('GET', `${TAGS}/t1?b=1`)
    const numbers = async (query: string) => (await findings(query)).map(({ request }) => request)
    expect(await numbers('')).toEqual([1, 2, 3])
    expect(await numbers('?operation=gitlab.getTag')).toEqual([3])
    expect(await numbers('?since=1&limit=1')).toEqual([2])
    expect(await numbers('?limit=1')).toEqual([3])
    expect(await numbers('?kind=pages-unread')).toEqual([])
    expect(await numbers('?status=4xx')).toEqual([])
    await admin('DELETE', '/__admin/requests')
    expect(await numbers('')).toEqual([])
  })

  it('mark the requests of the journal that they are about', async () => {
    const { gitlab, admin } = await open()
    await gitlab('GET', `${TAGS}?per_page=100&serch=v1`)
    await gitlab('GET', `${TAGS}/t1`)
    const { body } = await admin('GET', '/__admin/requests')
    const [first, second] = (body as { requests: { findings: unknown }[] }).requests
    expect(first?.findings).toEqual([
      {
        kind: 'unknown-parameter',
        wrong: 'gitlab.listTags reads no query.serch.',
        right: 'Send query.search.',
      },
    ])
    expect(second?.findings).toEqual([])
    expect((await admin('GET', '/__admin/requests/1')).body).toEqual(first)
    const { gitlab: client, admin: lenient } = await open({ strict: false })
    await client('GET', `${TAGS}?per_page=100&serch=v1`)
    expect((await lenient('GET', '/__admin/requests/1')).body).not.toHaveProperty('findings')
  })

  it('are refused for what is unknown, and where nobody is judged', async () => {
    const { admin } = await open()
    const refusal = async (call: Call, query = '') => {
      const { status, body } = await call('GET', `/__admin/requests/findings${query}`)
      return [status, (body as { error: string }).error]
    }
    expect(await refusal(admin, '?kind=typo')).toEqual([422, 'invalid-filter'])
    expect(await refusal(admin, '?vender=gitlab')).toEqual([422, 'invalid-filter'])
    const { admin: lenient } = await open({ strict: false })
    expect(await refusal(lenient)).toEqual([409, 'not-strict'])
  })

  it('need a journal', async () => {
    await expect(buildApp({ strict: true, journalSize: 0 })).rejects.toThrow(
      'strict needs a journal, and its size is 0',
    )
  })
})
