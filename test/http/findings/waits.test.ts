import { describe, expect, it } from 'vitest'
import { type Call, callerOf } from '../../caller.ts'
import { BASIC, LISTS, open, REST, short, TAGS } from './strict-world.ts'

describe('a wait that was asked for', () => {
  const limited = async (admin: Call, rule: object = {}) =>
    admin('POST', '/__admin/faults', { payload: { status: 429, retryAfter: 30, times: 1, ...rule } })
  const HASTY =
    '2 retry-after-ignored: It came before the time was over that the 429 of request 1 had asked to wait. Wait for the 30 seconds of Retry-After.'

  it('is found when it is ignored', async () => {
    const { admin, gitlab, findings } = await open()
    await limited(admin)
    await gitlab('GET', `${TAGS}/t1`)
    await gitlab('GET', `${TAGS}/t1`)
    expect(short(await findings())).toEqual([HASTY])
  })

  it.each(['bitbucket', 'gitflic', 'codearts'])(
    'is found of %s, and of another request some time after',
    async (vendor) => {
      const { app, admin, findings } = await open()
      const [, headers = {}, url = ''] = LISTS.find(([id]) => id === vendor) ?? []
      const call = callerOf(app, headers)
      await limited(admin)
      await call('GET', `${url}?page=7`)
      await new Promise((done) => setTimeout(done, 60))
      await call('GET', `${url}?page=8`)
      expect(short(await findings('?kind=retry-after-ignored'))).toEqual([HASTY])
    },
  )

  it('is over when it has passed by the clock of the sandbox, and not a second before', async () => {
    const { admin, gitlab, findings } = await open()
    await limited(admin)
    await gitlab('GET', `${TAGS}/t1`)
    await admin('PUT', '/__admin/clock', { payload: { advance: 30 } })
    await gitlab('GET', `${TAGS}/t1`)
    expect(await findings()).toEqual([])
    await limited(admin)
    await gitlab('GET', `${TAGS}/t1`)
    await admin('PUT', '/__admin/clock', { payload: { advance: 29 } })
    await gitlab('GET', `${TAGS}/t1`)
    expect((await findings()).map(({ request }) => request)).toEqual([4])
  })

  it('is over when it has passed for real', async () => {
    const { admin, gitlab, findings } = await open()
    await limited(admin, { retryAfter: 1, status: 503 })
    await gitlab('GET', `${TAGS}/t1`)
    await new Promise((done) => setTimeout(done, 1000))
    await gitlab('GET', `${TAGS}/t1`)
    expect(await findings()).toEqual([])
  })

  it('is no matter of other clients, other vendors, and requests that were under way', async () => {
    const { app, admin, gitlab, findings } = await open()
    await limited(admin)
    await Promise.all([gitlab('GET', `${TAGS}/t1`), gitlab('GET', `${TAGS}/t2`), gitlab('GET', `${TAGS}/t3`)])
    await callerOf(app, { 'private-token': 'mia-other' })('GET', `${TAGS}/t1`)
    await callerOf(app, BASIC)('GET', `${REST}/tags/t1`)
    expect(await findings()).toEqual([])
  })
})
