import { describe, expect, it } from 'vitest'
import { callerOf } from '../../caller.ts'
import { BASIC, CODEARTS, GITFLIC, LISTS, open, REST, short, TAGS } from './strict-world.ts'

describe.each(LISTS)('a list of %s', (_vendor, headers, url, place, first, size, sizeName, step, right) => {
  const open60 = async () => {
    const { app, findings } = await open()
    return { app, findings, call: callerOf(app, headers) }
  }

  it('is found when only its first page was read', async () => {
    const { call, findings } = await open60()
    const { status } = await call('GET', url)
    await call('GET', `${url}?${place}=${first}`)
    expect(status).toBe(200)
    expect(short(await findings())).toEqual([
      `2 pages-unread: The list goes on after its first page, and no other page was asked for. Ask on with ${right}.`,
    ])
  })

  it('is not found once another page was asked for, by the same client', async () => {
    const { app, call, findings } = await open60()
    await call('GET', url)
    await callerOf(app, { ...headers, 'user-agent': 'another' })('GET', `${url}?${place}=${first + step}`)
    expect((await findings()).map(({ request }) => request)).toEqual([1])
    await call('GET', `${url}?${place}=${first + step}`)
    expect(await findings()).toEqual([])
  })

  it('is not found when it was read as a whole, or for one entry', async () => {
    const { call, findings } = await open60()
    await call('GET', `${url}?${sizeName}=${size}`)
    expect(await findings()).toHaveLength(1)
    await call('GET', `${url}?${sizeName}=100`)
    expect(await findings()).toEqual([])
    const again = await open60()
    await again.call('GET', `${url}?${sizeName}=100`)
    await again.call('GET', `${url}?${sizeName}=1`)
    expect(await again.findings()).toEqual([])
  })
})

it('a list of GitLab by keyset is found as well', async () => {
  const { gitlab, findings } = await open()
  await gitlab('GET', `${TAGS}?pagination=keyset&order_by=name&sort=asc`)
  expect(short(await findings())).toMatchObject([
    expect.stringContaining('Ask on with the page_token of Link'),
  ])
  await gitlab('GET', `${TAGS}?pagination=keyset&order_by=name&sort=asc&page_token=t25`)
  expect(await findings()).toEqual([])
})

it('pages that are larger than what the journal keeps of them are found where their beginning tells it', async () => {
  const { app, gitlab, findings } = await open({ journalBodyLimit: 100 })
  await gitlab('GET', TAGS)
  await callerOf(app, BASIC)('GET', `${REST}/tags`)
  await callerOf(app, CODEARTS)('GET', '/v4/repositories/1/repository/tags')
  await callerOf(app, GITFLIC)('GET', '/project/acme/widgets/tag')
  expect((await findings()).map(({ vendor }) => vendor)).toEqual(['gitlab', 'bitbucket', 'codearts'])
})
