import type { FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { uuidOf } from '../../../src/forge/identifier.ts'
import { answer, type Call } from '../../caller.ts'
import {
  as,
  C1,
  C2,
  C3,
  DENIED,
  F1,
  MISSING,
  NOTHING,
  project,
  serve,
  unprocessable,
  world,
} from './world.ts'

const PROJECT = '/project/ada/widgets'

let app: FastifyInstance
let call: Call

beforeAll(async () => {
  ;[app, call] = await serve(
    world(project('ada/widgets', { branches: { done: 'c1' } }), project('ada/empty', { commits: [] })),
  )
})

afterEach(() => app.worlds.reset())

afterAll(() => app.close())

const dee = {
  name: 'Dee Developer',
  avatar: '/static/image/avatar.jpg',
  emailAddress: 'dee@example.test',
  when: '2024-01-04T10:00:00Z',
}
const x = {
  name: 'X',
  avatar: '/static/image/avatar.jpg',
  emailAddress: 'x@else',
  when: '2024-01-03T10:00:00Z',
}
const account = {
  id: uuidOf('user dee'),
  username: 'dee',
  name: 'Dee',
  surname: 'Developer',
  fullName: 'Dee Developer',
  avatar: '/static/image/avatar.jpg',
  cover: null,
}
const lastOfMain = {
  hash: C3,
  message: 'Third',
  shortMessage: 'Third',
  createdAt: '2024-01-04T10:00:00Z',
  committerIdent: dee,
  authorIdent: dee,
  user: account,
}
const main = {
  name: 'main',
  fullName: 'refs/heads/main',
  lastCommit: lastOfMain,
  default: true,
  merged: false,
  work: true,
}
const feature = {
  name: 'feature/x',
  fullName: 'refs/heads/feature/x',
  lastCommit: {
    hash: F1,
    message: 'Try\n',
    shortMessage: 'Try',
    createdAt: '2024-01-03T10:00:00Z',
    committerIdent: x,
    authorIdent: x,
    user: null,
  },
  default: false,
  merged: false,
  work: false,
}

describe('branches', () => {
  it('are listed by name, whole', async () => {
    const { text } = await call('GET', `${PROJECT}/branch?size=2&page=0`)
    const { _embedded, page } = JSON.parse(text) as { _embedded: { branchList: unknown[] }; page: unknown }
    expect(page).toEqual({ size: 2, totalElements: 3, totalPages: 2, number: 0 })
    expect(_embedded.branchList[0]).toMatchObject({ name: 'done', merged: true, lastCommit: { hash: C1 } })
    expect(_embedded.branchList[1]).toEqual(feature)
    expect((await call('GET', `${PROJECT}/branch?page=1&size=2`)).text).toBe(
      JSON.stringify({ _embedded: { branchList: [main] }, page: { ...(page as object), number: 1 } }),
    )
  })

  it('are found by name, by themselves, as plain JSON', async () => {
    const { headers, text } = await call('GET', `${PROJECT}/branch?branchName=main&size=1`)
    expect([headers['content-type'], text]).toEqual(['application/json', JSON.stringify(main)])
    expect(await answer(call('GET', `${PROJECT}/branch?branchName=feature%2Fx`))).toEqual([200, feature])
    expect(await answer(call('GET', `${PROJECT}/branch?branchName=unknown`))).toEqual(MISSING)
  })

  it('have a default one', async () => {
    expect(await answer(call('GET', `/rest-api${PROJECT}/branch/default`))).toEqual([200, main])
    expect(await answer(call('GET', '/project/ada/empty/branch/default'))).toEqual(MISSING)
    expect(await answer(call('GET', '/project/ada/empty/branch'))).toEqual([200, NOTHING])
  })

  it('are created from one another', async () => {
    const payload = { newBranch: 'release/2', originBranch: 'feature/x' }
    const made = { ...feature, name: 'release/2', fullName: 'refs/heads/release/2' }
    expect(await answer(call('POST', `${PROJECT}/branch`, { payload }))).toEqual([200, made])
    expect(await answer(call('POST', `${PROJECT}/branch`, { payload }))).toEqual(
      unprocessable('newBranch', 'exists'),
    )
    expect(await answer(call('GET', `${PROJECT}/branch?branchName=release/2`))).toEqual([200, made])
  })

  it.each([
    [{ originBranch: 'main' }, unprocessable('newBranch', 'empty')],
    [{ newBranch: 'a', originBranch: '' }, unprocessable('originBranch', 'empty')],
    [{ newBranch: 'a b', originBranch: 'main' }, unprocessable('newBranch', 'invalid')],
    [{ newBranch: 'a', originBranch: 'unknown' }, MISSING],
    [{ newBranch: 'feature', originBranch: 'main' }, unprocessable('newBranch', 'exists')],
  ])('are not created from %j', async (payload, expected) => {
    expect(await answer(call('POST', `${PROJECT}/branch`, { payload }))).toEqual(expected)
  })

  it('are not created by reporters', async () => {
    const payload = { newBranch: 'a', originBranch: 'main' }
    expect(await answer(call('POST', `${PROJECT}/branch`, { ...as('rex'), payload }))).toEqual(DENIED)
  })

  it('have no protection rules', async () => {
    expect(await answer(call('GET', `${PROJECT}/branch-protection?page=0&size=100`))).toEqual([
      200,
      { page: { size: 100, totalElements: 0, totalPages: 0, number: 0 } },
    ])
  })
})

describe('commits', () => {
  it('are answered by their full ids', async () => {
    const whole = { ...lastOfMain, verificationResult: null, parentCommitIds: [C2], parentCommitBranches: [] }
    expect((await call('GET', `${PROJECT}/commit/${C3}`)).text).toBe(JSON.stringify(whole))
    for (const id of [C3.slice(0, 10), 'main', 'f'.repeat(40)])
      expect(await answer(call('GET', `${PROJECT}/commit/${id}`))).toEqual(MISSING)
  })

  it('are listed newest first, of the default branch or another', async () => {
    const hashes = async (query: string) => {
      const { body } = await call('GET', `${PROJECT}/commits${query}`)
      return (body as { _embedded: { commitList: { hash: string }[] } })._embedded.commitList.map(
        ({ hash }) => hash,
      )
    }
    expect(await hashes('')).toEqual([C3, C2, C1])
    expect(await hashes('?branch=feature/x')).toEqual([F1, C1])
    expect(await hashes('?page=1&size=2')).toEqual([C1])
    expect(await answer(call('GET', `${PROJECT}/commits?branch=unknown`))).toEqual(MISSING)
    expect(await answer(call('GET', '/project/ada/empty/commits'))).toEqual([200, NOTHING])
  })
})
