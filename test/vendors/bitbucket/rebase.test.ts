import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { answer, type Call } from '../../caller.ts'
import { gitAsync } from '../../git-binary.ts'
import {
  ADD_X,
  API,
  branchEnd,
  commits,
  GIT,
  NOW_MS,
  outOfDate,
  start,
  TIPS,
  widgets,
} from './pull-request-world.ts'
import { bearer, NOT_PERMITTED, NOW, project, thrown } from './world.ts'

const rebaseOf = (id: number | string) => `${GIT}/pull-requests/${id}/rebase`

let app: FastifyInstance
let call: Call
beforeEach(async () => {
  ;({ app, call } = await start(widgets()))
})
afterEach(() => app.close())

const version = (number: number) => ({ payload: { version: number } })
const NEW_TIP = '29f140ee207058e54946d0ad9677bd5e8418b2d5'

const REBASED = {
  refChange: {
    ref: { id: 'refs/heads/feature/x', displayId: 'feature/x', type: 'BRANCH' },
    refId: 'refs/heads/feature/x',
    fromHash: TIPS['feature/x'],
    toHash: NEW_TIP,
    type: 'UPDATE',
  },
}

const INSUFFICIENT = {
  summaryMessage: 'Insufficient branch permissions',
  detailedMessage: "You have insufficient permissions to rebase 'refs/heads/feature/x'.",
}

const NOT_OPEN = (state: string) => ({
  summaryMessage: 'Pull request is not open',
  detailedMessage: `The pull request has been ${state} and cannot be rebased.`,
})

const NO_BRANCH = {
  summaryMessage: 'Source is not a branch',
  detailedMessage: "Only branches can be rebased, and 'refs/tags/v1' is not a branch.",
}

const NO_ADDRESS = {
  summaryMessage: 'No e-mail address',
  detailedMessage: 'You need an e-mail address to be the committer of rebased commits.',
}

const missing = (id: number) =>
  thrown('pull.NoSuchPullRequestException', `Pull request ${id} does not exist in ACME/widgets.`)

async function tipOf(branch: string): Promise<unknown> {
  const { body } = await call('GET', `${API}/commits/${branch}`)
  return (body as { id: unknown }).id
}

describe('asking whether a pull request can be rebased', () => {
  it('answers that it can', async () => {
    const reply = await call('GET', rebaseOf(1))
    expect([reply.status, reply.text]).toEqual([200, '{"canRebase":true,"canWrite":true,"vetoes":[]}'])
  })

  it('does not predict conflicts', async () => {
    expect(await answer(call('GET', rebaseOf(2)))).toEqual([
      200,
      { canRebase: true, canWrite: true, vetoes: [] },
    ])
  })

  it.each([
    [5, NO_BRANCH],
    [6, NOT_OPEN('declined')],
    [7, NOT_OPEN('merged')],
  ])('answers 200 with a veto for pull request %i', async (id, veto) => {
    expect(await answer(call('GET', rebaseOf(id)))).toEqual([
      200,
      { canRebase: false, canWrite: true, vetoes: [veto] },
    ])
  })

  it('answers readers that they cannot, in the words of the documentation', async () => {
    for (const token of ['rex-token', 'dee-reads']) {
      const reply = await call('GET', rebaseOf(1), { headers: bearer(token) })
      const body = { canRebase: false, canWrite: false, vetoes: [INSUFFICIENT] }
      expect([reply.status, reply.text]).toEqual([200, JSON.stringify(body)])
    }
  })

  it('answers nobody in particular that they cannot', async () => {
    const { app: open, call: ask } = await start(widgets({ visibility: 'public' }))
    const reply = await answer(ask('GET', rebaseOf(1), { headers: { authorization: '' } }))
    await open.close()
    expect(reply).toEqual([200, { canRebase: false, canWrite: false, vetoes: [NO_ADDRESS, INSUFFICIENT] }])
  })

  it('vetoes an archived repository', async () => {
    const { app: old, call: ask } = await start(widgets({ archived: true }))
    const reply = await answer(ask('GET', rebaseOf(1)))
    await old.close()
    const veto = {
      summaryMessage: 'Repository is archived',
      detailedMessage: 'Pull requests into an archived repository cannot be rebased.',
    }
    expect(reply).toEqual([200, { canRebase: false, canWrite: true, vetoes: [veto] }])
  })

  it('answers 401 to who may not read, 404 for what is not there', async () => {
    expect(await answer(call('GET', rebaseOf(1), { headers: bearer('sam-token') }))).toEqual([
      401,
      NOT_PERMITTED,
    ])
    expect(await answer(call('GET', rebaseOf(99)))).toEqual([404, missing(99)])
    expect(await answer(call('GET', rebaseOf(1).replace('widgets', 'nope')))).toEqual([
      404,
      thrown('repository.NoSuchRepositoryException', 'Repository ACME/nope does not exist.'),
    ])
  })
})

describe('rebasing a pull request', () => {
  it('answers the change of the source branch', async () => {
    const reply = await call('POST', rebaseOf(1), version(0))
    expect([reply.status, reply.text]).toEqual([200, JSON.stringify(REBASED)])
    expect(await tipOf('feature/x')).toBe(NEW_TIP)
    expect(await tipOf('main')).toBe(TIPS.main)
  })

  it('keeps the version of the pull request and shows its new commits', async () => {
    await call('POST', rebaseOf(1), version(0))
    expect(await answer(call('GET', `${API}/pull-requests/1`))).toEqual([
      200,
      { ...ADD_X, updatedDate: NOW_MS, fromRef: branchEnd('feature/x', NEW_TIP) },
    ])
  })

  it('keeps authors and messages, and makes the caller the committer', async () => {
    await call('POST', rebaseOf(1), version(0))
    const { body } = await call('GET', `${API}/commits?until=feature/x&since=main`)
    const values = (body as { values: object[] }).values
    expect(values).toMatchObject([
      {
        message: 'Commit f2',
        author: { name: 'mia' },
        authorTimestamp: Date.parse('2024-02-04T10:00:00+02:00'),
        committer: { name: 'dee', emailAddress: 'dee@example.test' },
        committerTimestamp: NOW_MS,
      },
      { message: 'Commit f1', author: { name: 'mia' }, parents: [{ id: TIPS.main }] },
    ])
    expect(values).toHaveLength(2)
  })

  it('comes to the commit that git rebase comes to', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fakeforge-rebase-'))
    const url = await app.listen({ port: 0, host: '127.0.0.1' })
    try {
      const origin = `${url.replace('://', '://dee:dee-password@')}/scm/acme/widgets.git`
      await gitAsync(folder, ['clone', '--quiet', '--branch', 'feature/x', origin, '.'])
      await gitAsync(folder, ['rebase', '--quiet', 'origin/main'], {
        GIT_COMMITTER_NAME: 'Dee D',
        GIT_COMMITTER_EMAIL: 'dee@example.test',
        GIT_COMMITTER_DATE: `${NOW.replace('Z', '')} +0000`,
      })
      expect((await gitAsync(folder, ['rev-parse', 'HEAD'])).trim()).toBe(NEW_TIP)
      await call('POST', rebaseOf(1), version(0))
      const remote = await gitAsync(folder, ['ls-remote', 'origin', 'refs/heads/feature/x'])
      expect(remote).toBe(`${NEW_TIP}\trefs/heads/feature/x\n`)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('answers 204 when the source has the target already', async () => {
    const reply = await call('POST', rebaseOf(4), version(0))
    expect([reply.status, reply.text, reply.headers['content-type']]).toEqual([204, '', undefined])
  })

  it('answers 204 the second time', async () => {
    await call('POST', rebaseOf(1), version(0))
    expect((await call('POST', rebaseOf(1), version(0))).status).toBe(204)
  })

  it('answers 409 with the pull request when the version is another one, or none', async () => {
    const reply = await call('POST', rebaseOf(1), version(3))
    expect([reply.status, reply.text]).toEqual([409, JSON.stringify(outOfDate(0, 3, ADD_X))])
    expect(await answer(call('POST', rebaseOf(1), { payload: {} }))).toEqual([409, outOfDate(0, -1, ADD_X)])
    expect(await answer(call('POST', rebaseOf(1)))).toEqual([409, outOfDate(0, -1, ADD_X)])
  })

  it.each([
    [6, 1, 'declined'],
    [7, 3, 'merged'],
  ])('answers 409 for pull request %i, which is not open', async (id, current, state) => {
    expect(await answer(call('POST', rebaseOf(id), version(current)))).toEqual([
      409,
      thrown('pull.IllegalPullRequestStateException', `This pull request has already been ${state}.`),
    ])
  })

  it('answers 409 on conflicts, and moves nothing', async () => {
    const before = await tipOf('conflict')
    expect(await answer(call('POST', rebaseOf(2), version(0)))).toEqual([
      409,
      thrown('IntegrityException', 'The pull request could not be rebased because of conflicts.'),
    ])
    expect(await tipOf('conflict')).toBe(before)
  })

  it('answers 409 when nothing would be left, and moves nothing', async () => {
    const before = await tipOf('upstream')
    expect(await answer(call('POST', rebaseOf(3), version(0)))).toEqual([
      409,
      thrown(
        'IntegrityException',
        'The pull request could not be rebased because all of its commits are in the target branch already.',
      ),
    ])
    expect(await tipOf('upstream')).toBe(before)
  })

  it('answers 409 with the veto for a tag', async () => {
    expect(await answer(call('POST', rebaseOf(5), version(0)))).toEqual([
      409,
      thrown('IntegrityException', NO_BRANCH.detailedMessage),
    ])
  })

  it('answers 409 in an archived repository', async () => {
    const { app: old, call: ask } = await start(widgets({ archived: true }))
    const reply = await answer(ask('POST', rebaseOf(1), version(0)))
    await old.close()
    expect(reply).toEqual([
      409,
      thrown(
        'repository.IllegalRepositoryStateException',
        'Repository ACME/widgets is archived and cannot be changed.',
      ),
    ])
  })

  it('answers 401 to who may not write the source', async () => {
    for (const token of ['rex-token', 'dee-reads', 'sam-token']) {
      const headers = bearer(token)
      expect(await answer(call('POST', rebaseOf(1), { ...version(0), headers }))).toEqual([
        401,
        NOT_PERMITTED,
      ])
    }
    expect(await tipOf('feature/x')).toBe(TIPS['feature/x'])
  })

  it('answers 401 to nobody, 404 for what is not there', async () => {
    const nobody = { ...version(0), headers: { authorization: '' } }
    expect(await answer(call('POST', rebaseOf(1), nobody))).toEqual([401, NOT_PERMITTED])
    expect(await answer(call('POST', rebaseOf(99), version(0)))).toEqual([404, missing(99)])
  })

  it('answers 405 to other methods, 415 to bodies that are not JSON', async () => {
    const put = await call('PUT', rebaseOf(1), version(0))
    expect([put.status, put.headers.allow]).toEqual([405, 'HEAD,POST,GET,OPTIONS'])
    const form = { payload: 'version=0', headers: { 'content-type': 'application/x-www-form-urlencoded' } }
    expect((await call('POST', rebaseOf(1), form)).status).toBe(415)
  })
})

describe('a pull request from another repository', () => {
  const fork = (members: Record<string, 'developer' | 'reporter'>) =>
    project('prj/fork', 2, {
      members,
      commits: [
        ...commits.slice(0, 1),
        {
          label: 'z',
          branch: 'topic',
          parents: ['b1'],
          message: 'Z\n',
          author: 'dee',
          files: { 'z.txt': 'z\n' },
        },
      ],
    })
  const fromFork = { title: 'Z', source: 'topic', sourceProject: 'prj/fork', target: 'main' }

  it('moves the branch there, with the commits of the target', async () => {
    const { app: forked, call: ask } = await start(
      widgets({ pullRequests: [fromFork] }),
      fork({ dee: 'developer' }),
    )
    const reply = await ask('POST', rebaseOf(1), version(0))
    const { body } = await ask('GET', '/rest/api/1.0/projects/PRJ/repos/fork/commits?until=topic&limit=2')
    const shown = await ask('GET', `${API}/pull-requests/1`)
    await forked.close()
    const { refChange } = reply.body as { refChange: { toHash: string } }
    expect([reply.status, (body as { values: object[] }).values]).toMatchObject([
      200,
      [{ id: refChange.toHash, message: 'Z' }, { id: TIPS.main }],
    ])
    expect(shown.body).toMatchObject({
      version: 0,
      updatedDate: NOW_MS,
      fromRef: { latestCommit: refChange.toHash },
    })
  })

  it('needs to be written by who may write there', async () => {
    const { app: forked, call: ask } = await start(
      widgets({ pullRequests: [fromFork] }),
      fork({ dee: 'reporter' }),
    )
    const replies = [
      await answer(ask('GET', rebaseOf(1))),
      await answer(ask('POST', rebaseOf(1), version(0))),
    ]
    await forked.close()
    expect(replies).toEqual([
      [
        200,
        {
          canRebase: false,
          canWrite: false,
          vetoes: [
            {
              ...INSUFFICIENT,
              detailedMessage: "You have insufficient permissions to rebase 'refs/heads/topic'.",
            },
          ],
        },
      ],
      [401, NOT_PERMITTED],
    ])
  })

  it('can be opened, and is listed as going out there', async () => {
    const { app: forked, call: ask } = await start(widgets({ pullRequests: [] }), fork({ dee: 'reporter' }))
    const repository = { slug: 'fork', project: { key: 'PRJ' } }
    const payload = { title: 'Z', fromRef: { id: 'topic', repository }, toRef: { id: 'main' } }
    const created = await ask('POST', `${API}/pull-requests`, { payload })
    const out = await ask('GET', '/rest/api/1.0/projects/PRJ/repos/fork/pull-requests?direction=OUTGOING')
    await forked.close()
    expect(created.status).toBe(201)
    expect(out.body).toMatchObject({ size: 1, values: [created.body] })
  })
})
