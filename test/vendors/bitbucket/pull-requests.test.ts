import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { answer, type Call } from '../../caller.ts'
import {
  ADD_X,
  API,
  BASE,
  branchEnd,
  DEE,
  NOW_MS,
  outOfDate,
  participant,
  REX,
  start,
  TIPS,
  widgets,
} from './pull-request-world.ts'
import { bearer, NOT_PERMITTED, project, thrown } from './world.ts'

const PULLS = `${API}/pull-requests`

let app: FastifyInstance
let call: Call
beforeEach(async () => {
  ;({ app, call } = await start(widgets(), project('acme/secret', 2, { members: {} })))
})
afterEach(() => app.close())

const asked = (more: object = {}) => ({
  payload: {
    title: 'Later',
    fromRef: { id: 'refs/heads/later', repository: { slug: 'widgets', project: { key: 'ACME' } } },
    toRef: { id: 'refs/heads/main', repository: { slug: 'widgets', project: { key: 'ACME' } } },
    ...more,
  },
})

const LATER = {
  id: 8,
  version: 0,
  title: 'Later',
  state: 'OPEN',
  open: true,
  closed: false,
  draft: false,
  createdDate: NOW_MS,
  updatedDate: NOW_MS,
  fromRef: branchEnd('later'),
  toRef: branchEnd('main'),
  locked: false,
  author: participant(DEE),
  reviewers: [],
  participants: [],
  links: { self: [{ href: `${BASE}/projects/ACME/repos/widgets/pull-requests/8` }] },
}

const required = (field: string) => ({
  errors: [{ context: null, message: `${field} must be supplied for this request`, exceptionName: null }],
})

const missing = (id: number) =>
  thrown('pull.NoSuchPullRequestException', `Pull request ${id} does not exist in ACME/widgets.`)

const noBranch = (name: string) =>
  thrown(
    'commit.NoSuchCommitException',
    `Repository "widgets" of project with key "ACME" has no branch "${name}"`,
  )

const illegal = (message: string) => thrown('pull.IllegalPullRequestStateException', message)

describe('creating a pull request', () => {
  it('answers 201 with the pull request and its address', async () => {
    const reply = await call('POST', PULLS, asked())
    expect([reply.status, reply.body]).toEqual([201, LATER])
    expect(reply.text).toBe(JSON.stringify(LATER))
    expect(reply.headers.location).toBe(`${BASE}${PULLS}/8`)
    expect(await answer(call('GET', `${PULLS}/8`))).toEqual([200, LATER])
  })

  it('gives the address in the spelling of the request', async () => {
    const reply = await call(
      'POST',
      '/rest/api/latest/projects/acme/repos/widgets/pull-requests?x=1',
      asked(),
    )
    expect(reply.headers.location).toBe(`${BASE}/rest/api/latest/projects/acme/repos/widgets/pull-requests/8`)
  })

  it('takes short names, a description and reviewers, and ignores state, open, closed and locked', async () => {
    const reply = await call('POST', PULLS, {
      payload: {
        title: 'Later',
        description: 'Why',
        state: 'MERGED',
        open: false,
        closed: true,
        locked: true,
        fromRef: { id: 'later' },
        toRef: { id: 'main' },
        reviewers: [{ user: { name: 'rex' } }],
      },
    })
    const { title, ...rest } = LATER
    expect([reply.status, reply.body]).toEqual([
      201,
      { ...rest, title, description: 'Why', reviewers: [participant(REX, 'REVIEWER')] },
    ])
  })

  it('leaves out what old versions do not have', async () => {
    const { app: old, call: ask } = await start(widgets({ profiles: { bitbucket: '4.5.2' } }))
    const { body } = await ask('GET', `${PULLS}/1`)
    await old.close()
    const { draft: _draft, fromRef, toRef, ...rest } = ADD_X
    const plain = ({ type: _type, repository, ...end }: typeof fromRef) => {
      const { hierarchyId: _id, archived: _archived, ...plainRepository } = repository
      return { ...end, repository: plainRepository }
    }
    expect(body).toEqual({ ...rest, fromRef: plain(fromRef), toRef: plain(toRef) })
  })

  it('takes a tag as its source, and refuses one as its target', async () => {
    const tag = await call('POST', PULLS, asked({ fromRef: { id: 'v1' }, toRef: { id: 'behind' } }))
    expect(tag.body).toMatchObject({ fromRef: { id: 'refs/tags/v1', displayId: 'v1', type: 'TAG' } })
    expect(await answer(call('POST', PULLS, asked({ toRef: { id: 'refs/tags/v1' } })))).toEqual([
      404,
      noBranch('refs/tags/v1'),
    ])
  })

  it('counts from 1 in each repository', async () => {
    const { app: fresh, call: ask } = await start(widgets({ pullRequests: [] }))
    const numbers = [
      await ask('POST', PULLS, asked()),
      await ask('POST', PULLS, asked({ fromRef: { id: 'current' } })),
    ]
    await fresh.close()
    expect(numbers.map(({ body }) => (body as { id: number }).id)).toEqual([1, 2])
  })

  it.each([
    ['title', { title: null }],
    ['title', { title: ' ' }],
    ['fromRef', { fromRef: null }],
    ['toRef', { toRef: {} }],
  ])('answers 400 without %s', async (field, more) => {
    expect(await answer(call('POST', PULLS, asked(more)))).toEqual([400, required(field)])
  })

  it('answers 404 for refs that are not there', async () => {
    for (const name of ['nope', 'refs/heads/nope', 'refs/notes/x']) {
      expect(await answer(call('POST', PULLS, asked({ fromRef: { id: name } })))).toEqual([
        404,
        noBranch(name),
      ])
    }
    expect(await answer(call('POST', PULLS, asked({ toRef: { id: 'nope' } })))).toEqual([
      404,
      noBranch('nope'),
    ])
  })

  it('answers 404 for repositories that are not there', async () => {
    const at = (slug: string, key: string) => ({ id: 'later', repository: { slug, project: { key } } })
    expect(await answer(call('POST', PULLS, asked({ fromRef: at('nope', 'acme') })))).toEqual([
      404,
      thrown('repository.NoSuchRepositoryException', 'Repository ACME/nope does not exist.'),
    ])
    expect(await answer(call('POST', PULLS, asked({ toRef: at('widgets', 'NOPE') })))).toEqual([
      404,
      thrown('project.NoSuchProjectException', 'Project NOPE does not exist.'),
    ])
  })

  it('answers 409 with the existing one when one is open between the same refs', async () => {
    const reply = await call('POST', PULLS, asked({ fromRef: { id: 'feature/x' } }))
    const message = 'Only one pull request may be open for a given source and target branch'
    const exceptionName = 'com.atlassian.bitbucket.pull.DuplicatePullRequestException'
    const body = { errors: [{ context: null, message, exceptionName, existingPullRequest: ADD_X }] }
    expect(reply.status).toBe(409)
    expect(reply.text).toBe(JSON.stringify(body))
  })

  it('answers 409 when there is nothing to pull', async () => {
    expect(await answer(call('POST', PULLS, asked({ fromRef: { id: 'behind' } })))).toEqual([
      409,
      thrown(
        'pull.EmptyPullRequestException',
        'Branch "main" is already up-to-date with branch "behind" in repository "widgets".',
      ),
    ])
  })

  it('answers 409 for reviewers that are not there', async () => {
    const reply = await call('POST', PULLS, asked({ reviewers: [{ user: { name: 'nope' } }] }))
    expect([reply.status, reply.body]).toEqual([
      409,
      {
        errors: [
          {
            context: null,
            message: 'Errors encountered while adding some reviewers to this pull request.',
            exceptionName: 'com.atlassian.bitbucket.pull.InvalidPullRequestReviewersException',
            reviewerErrors: [{ context: 'nope', message: 'nope is not a user.', exceptionName: null }],
            validReviewers: [],
          },
        ],
      },
    ])
  })

  it('answers 400 for a target elsewhere', async () => {
    const toRef = { id: 'main', repository: { slug: 'secret', project: { key: 'ACME' } } }
    expect(await answer(call('POST', PULLS, asked({ toRef })))).toEqual([
      400,
      thrown(
        'validation.ArgumentValidationException',
        'The target of a pull request must be in the repository that it is created in.',
      ),
    ])
  })

  it('needs to read both repositories, and no more', async () => {
    expect((await call('POST', PULLS, { ...asked(), headers: bearer('rex-token') })).status).toBe(201)
    expect(await answer(call('POST', PULLS, { ...asked(), headers: bearer('gus-token') }))).toEqual([
      401,
      NOT_PERMITTED,
    ])
    const fromRef = { id: 'feature/x', repository: { slug: 'secret', project: { key: 'ACME' } } }
    expect(await answer(call('POST', PULLS, asked({ fromRef })))).toEqual([401, NOT_PERMITTED])
  })

  it('answers 401 to nobody, where everybody may read', async () => {
    const { app: open, call: ask } = await start(widgets({ visibility: 'public' }))
    expect(await answer(ask('POST', PULLS, { ...asked(), headers: { authorization: '' } }))).toEqual([
      401,
      NOT_PERMITTED,
    ])
    expect((await ask('GET', `${PULLS}/1`, { headers: { authorization: '' } })).status).toBe(200)
    await open.close()
  })

  it('answers 409 in an archived repository', async () => {
    const { app: old, call: ask } = await start(widgets({ archived: true }))
    const { status } = await ask('POST', PULLS, asked())
    await old.close()
    expect(status).toBe(409)
  })
})

describe('getting a pull request', () => {
  it('answers its fields in the order of servers', async () => {
    const reply = await call('GET', `${PULLS}/1`)
    expect([reply.status, reply.text]).toEqual([200, JSON.stringify(ADD_X)])
  })

  it('answers 404 for one that is not there', async () => {
    expect(await answer(call('GET', `${PULLS}/99`))).toEqual([404, missing(99)])
  })

  it.each(['9007199254740993', '9223372036854775807', '-9223372036854775808'])(
    'is missed by its number as it was sent: %s',
    async (id) => {
      const { status, body } = await call('GET', `${PULLS}/${id}`)
      const message = `Pull request ${id} does not exist in ACME/widgets.`
      expect([status, body]).toEqual([404, thrown('pull.NoSuchPullRequestException', message)])
    },
  )

  it.each(['abc', '1.5', '9223372036854775808', '99999999999999999999'])(
    'has no address without a 64-bit number: %s',
    async (id) => {
      const { status, body } = await call('GET', `${PULLS}/${id}`, {
        headers: { accept: 'application/json' },
      })
      expect([status, body]).toMatchObject([
        404,
        { message: expect.stringMatching(/^null for uri: /), 'status-code': 404 },
      ])
    },
  )

  it('does not know an address without a number', async () => {
    const reply = await call('GET', `${PULLS}/one`, { headers: { accept: 'application/json' } })
    expect([reply.status, reply.body]).toEqual([
      404,
      { message: `null for uri: ${BASE}${PULLS}/one`, 'status-code': 404 },
    ])
  })

  it('answers 401 to who may not read', async () => {
    expect(await answer(call('GET', `${PULLS}/1`, { headers: bearer('sam-token') }))).toEqual([
      401,
      NOT_PERMITTED,
    ])
  })

  it('shows a tag as its source', async () => {
    expect((await call('GET', `${PULLS}/5`)).body).toMatchObject({
      fromRef: { id: 'refs/tags/v1', displayId: 'v1', type: 'TAG' },
    })
  })

  it('shows when a closed one was closed', async () => {
    expect((await call('GET', `${PULLS}/7`)).body).toMatchObject({
      state: 'MERGED',
      open: false,
      closed: true,
      version: 3,
      closedDate: Date.parse('2024-03-09T00:00:00Z'),
    })
  })
})

describe('listing pull requests', () => {
  const ids = async (query: string) => {
    const { body } = await call('GET', `${PULLS}?${query}`)
    return (body as { values: { id: number }[] }).values.map(({ id }) => id)
  }

  it('answers a page of those that are open and come in, the newest first', async () => {
    const reply = await call('GET', `${PULLS}?start=4&limit=1`)
    const page = { size: 1, limit: 1, isLastPage: true, values: [ADD_X], start: 4 }
    expect([reply.status, reply.text]).toEqual([200, JSON.stringify(page)])
    expect(await ids('')).toEqual([5, 4, 3, 2, 1])
  })

  it('filters by state', async () => {
    expect(await ids('state=OPEN')).toEqual([5, 4, 3, 2, 1])
    expect(await ids('state=MERGED')).toEqual([7])
    expect(await ids('state=declined')).toEqual([6])
    expect(await ids('state=ALL')).toEqual([7, 6, 5, 4, 3, 2, 1])
  })

  it('orders by age', async () => {
    expect(await ids('order=OLDEST&state=ALL')).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(await ids('order=NEWEST&limit=2')).toEqual([5, 4])
  })

  it('filters by the ref at this end', async () => {
    expect(await ids('at=refs/heads/main')).toEqual([5, 4, 3, 2, 1])
    expect(await ids('at=refs/heads/feature/x')).toEqual([])
    expect(await ids('direction=OUTGOING&at=refs/heads/feature/x')).toEqual([1])
    expect(await ids('direction=OUTGOING&state=ALL&at=refs/heads/feature/x')).toEqual([6, 1])
  })
})

describe('declining and reopening', () => {
  const DECLINED = {
    ...ADD_X,
    version: 1,
    state: 'DECLINED',
    open: false,
    closed: true,
    updatedDate: NOW_MS,
    closedDate: NOW_MS,
  }

  it('declines with the next version', async () => {
    expect(await answer(call('POST', `${PULLS}/1/decline?version=0`))).toEqual([200, DECLINED])
    expect(await answer(call('GET', `${PULLS}/1`))).toEqual([200, DECLINED])
  })

  it('takes the version from the body, too', async () => {
    expect((await call('POST', `${PULLS}/1/decline`, { payload: { version: 0 } })).status).toBe(200)
  })

  it('answers 409 with the pull request when the version is another one, or none', async () => {
    expect(await answer(call('POST', `${PULLS}/1/decline?version=7`))).toEqual([409, outOfDate(0, 7, ADD_X)])
    const reply = await call('POST', `${PULLS}/1/decline`)
    expect(reply.text).toBe(JSON.stringify(outOfDate(0, -1, ADD_X)))
  })

  it('answers 409 when it is closed already', async () => {
    expect(await answer(call('POST', `${PULLS}/6/decline?version=1`))).toEqual([
      409,
      illegal('This pull request has already been declined.'),
    ])
    expect(await answer(call('POST', `${PULLS}/7/decline?version=3`))).toEqual([
      409,
      illegal('This pull request has already been merged.'),
    ])
  })

  it('reopens with the next version', async () => {
    await call('POST', `${PULLS}/1/decline?version=0`)
    expect(await answer(call('POST', `${PULLS}/1/reopen?version=1`))).toEqual([
      200,
      { ...ADD_X, version: 2, updatedDate: NOW_MS },
    ])
  })

  it('answers 409 to reopening what is open, merged or open elsewhere', async () => {
    expect(await answer(call('POST', `${PULLS}/1/reopen?version=0`))).toEqual([
      409,
      illegal('This pull request is already open.'),
    ])
    expect(await answer(call('POST', `${PULLS}/7/reopen?version=3`))).toEqual([
      409,
      illegal('This pull request has already been merged.'),
    ])
    const { status, body } = await call('POST', `${PULLS}/6/reopen?version=1`)
    expect([status, body]).toMatchObject([409, { errors: [{ existingPullRequest: ADD_X }] }])
  })

  it('answers 404 for one that is not there, 401 to who may not', async () => {
    expect(await answer(call('POST', `${PULLS}/99/decline?version=0`))).toEqual([404, missing(99)])
    const headers = bearer('sam-token')
    expect(await answer(call('POST', `${PULLS}/1/decline?version=0`, { headers }))).toEqual([
      401,
      NOT_PERMITTED,
    ])
    const { app: open, call: ask } = await start(widgets({ visibility: 'public' }))
    const nobody = { headers: { authorization: '' } }
    expect(await answer(ask('POST', `${PULLS}/1/reopen?version=0`, nobody))).toEqual([401, NOT_PERMITTED])
    await open.close()
  })

  it('keeps the commits of a declined one when its branches move on', async () => {
    await call('POST', `${PULLS}/1/decline?version=0`)
    await call('DELETE', '/rest/branch-utils/1.0/projects/ACME/repos/widgets/branches', {
      payload: { name: 'feature/x' },
    })
    expect((await call('GET', `${PULLS}/1`)).body).toMatchObject({
      fromRef: { latestCommit: TIPS['feature/x'] },
    })
  })
})

describe('the world of pull requests', () => {
  it('forgets them on reset', async () => {
    await call('POST', PULLS, asked())
    const reset = await app.inject({ method: 'POST', url: '/__admin/reset' })
    expect(reset.statusCode).toBe(204)
    expect(await answer(call('GET', `${PULLS}/8`))).toEqual([404, missing(8)])
  })
})
