import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { validateFixture } from '../../src/forge/fixture/load.ts'
import { FixtureError } from '../../src/forge/fixture/problem.ts'
import type { Project } from '../../src/forge/project.ts'
import { listPullRequests } from '../../src/forge/pull-request-list.ts'
import { seePullRequest } from '../../src/forge/pull-request-view.ts'
import { createPullRequest, declinePullRequest, reopenPullRequest } from '../../src/forge/pull-requests.ts'
import { rebasePullRequest } from '../../src/forge/rebase.ts'
import { buildApp, type Fixture } from '../../src/index.ts'

const NOW = '2024-06-01T12:00:00Z'

const commit = (label: string, branch: string, files: Record<string, string>, parents?: string[]) => ({
  label,
  branch,
  message: `${label}\n`,
  files,
  ...(parents && { parents }),
})

type FixtureProject = NonNullable<Fixture['projects']>[number]

const widgets: FixtureProject = {
  path: 'ada/widgets',
  id: 1,
  commits: [
    commit('b', 'main', { b: 'b\n' }),
    commit('m', 'main', { m: 'm\n' }),
    commit('x', 'x', { x: 'x\n' }, ['b']),
    commit('y', 'y', { y: 'y\n' }, ['b']),
  ],
  branches: { old: 'b' },
  tags: [{ name: 'v1', target: 'x', message: 'One' }],
}

const fork: FixtureProject = {
  path: 'bob/widgets',
  id: 2,
  commits: [commit('b', 'main', { b: 'b\n' }), commit('z', 'z', { z: 'z\n' }, ['b'])],
}

const world = (...pullRequests: NonNullable<FixtureProject['pullRequests']>): Fixture => ({
  users: [{ username: 'ada', name: 'Ada' }, { username: 'bob' }],
  projects: [{ ...widgets, pullRequests }, fork],
})

let app: FastifyInstance
let project: Project
let forked: Project

async function open(fixture: Fixture): Promise<void> {
  app = await buildApp({ clock: NOW, fixture })
  await reopen()
}

async function reopen(): Promise<void> {
  const { live } = app.worlds
  const [one, two] = live.specs
  project = await live.open(one!)
  forked = await live.open(two!)
}

const author = () => ({ user: project.forge.user('ada')!, vendor: 'bitbucket' })

const wanted = (source = 'x') => ({
  title: 'T',
  description: null,
  reviewers: [],
  source: project,
  sourceRef: `refs/heads/${source}`,
  targetRef: 'refs/heads/main',
})

const tip = (of: Project, branch: string) => of.repository.branch(branch)!.commit.oid

beforeEach(() => open(world()))
afterEach(() => app.close())

describe('creating', () => {
  it('counts from 1 in each project and begins with version 0', () => {
    const created = ['x', 'y'].map((name) => createPullRequest(project, wanted(name), author()))
    const now = Date.parse(NOW)
    expect(created).toMatchObject([{ kind: 'created' }, { kind: 'created' }])
    expect([...project.pullRequests.values()]).toEqual(
      ['x', 'y'].map((name, i) => ({
        number: i + 1,
        version: 0,
        state: 'open',
        title: 'T',
        description: null,
        author: 'ada',
        reviewers: [],
        source: { projectId: 1, ref: `refs/heads/${name}`, commit: tip(project, name) },
        target: { projectId: 1, ref: 'refs/heads/main', commit: tip(project, 'main') },
        createdAt: now,
        updatedAt: now,
        closedAt: null,
      })),
    )
  })

  it('answers the one that is open between the same refs', () => {
    const created = createPullRequest(project, wanted(), author())
    expect(createPullRequest(project, wanted(), author())).toEqual({ ...created, kind: 'existing' })
  })

  it('refuses what the target has already', () => {
    expect(createPullRequest(project, wanted('old'), author())).toEqual({ kind: 'empty' })
    expect(createPullRequest(project, wanted('main'), author())).toEqual({ kind: 'empty' })
  })

  it('throws ref-missing for refs that are not there', () => {
    expect(() => createPullRequest(project, wanted('nope'), author())).toThrow('ref-missing')
  })

  it('brings the commits of another project along', () => {
    const created = createPullRequest(project, { ...wanted('z'), source: forked }, author())
    expect(created.kind).toBe('created')
    expect(project.repository.objects.commit(tip(forked, 'z')).message).toBe('z\n')
  })
})

describe('following branches', () => {
  it('knows the new tip, and that the source was updated, but keeps the version', async () => {
    await open(world({ title: 'T', source: 'x', createdAt: '2024-02-01T00:00:00Z' }))
    project.moveRefs([{ ref: 'refs/heads/x', after: tip(project, 'y') }], {
      actor: null,
      via: 'push',
      vendor: 'gitlab',
    })
    expect(await seePullRequest(project, project.pullRequests.get(1)!)).toMatchObject({
      version: 0,
      updatedAt: Date.parse(NOW),
      source: { commit: tip(project, 'y') },
    })
  })

  it('is not updated by the target', async () => {
    await open(world({ title: 'T', source: 'x', createdAt: '2024-02-01T00:00:00Z' }))
    project.moveRefs([{ ref: 'refs/heads/main', after: tip(project, 'y') }], {
      actor: null,
      via: 'push',
      vendor: 'gitlab',
    })
    expect(await seePullRequest(project, project.pullRequests.get(1)!)).toMatchObject({
      updatedAt: Date.parse('2024-02-01T00:00:00Z'),
      target: { commit: tip(project, 'y') },
    })
  })

  it('shows the last commit of a source that is gone', async () => {
    createPullRequest(project, wanted(), author())
    const before = tip(project, 'x')
    project.moveRefs([{ ref: 'refs/heads/x', before, after: null }], {
      actor: null,
      via: 'push',
      vendor: 'gitlab',
    })
    expect((await seePullRequest(project, project.pullRequests.get(1)!)).source.commit).toBe(before)
  })

  it('shows the commit behind an annotated tag', async () => {
    await open(world({ title: 'T', source: 'refs/tags/v1' }))
    expect((await seePullRequest(project, project.pullRequests.get(1)!)).source.commit).toBe(
      tip(project, 'x'),
    )
  })
})

describe('declining and reopening', () => {
  it('grows the version each time', async () => {
    createPullRequest(project, wanted(), author())
    const declined = await declinePullRequest(project, project.pullRequests.get(1)!)
    expect(declined).toMatchObject({ state: 'declined', version: 1, closedAt: Date.parse(NOW) })
    expect(reopenPullRequest(project, declined)).toMatchObject({
      kind: 'created',
      request: { state: 'open', version: 2, closedAt: null },
    })
  })

  it('answers another one that is open between the same refs', async () => {
    createPullRequest(project, wanted(), author())
    const declined = await declinePullRequest(project, project.pullRequests.get(1)!)
    createPullRequest(project, wanted(), author())
    expect(reopenPullRequest(project, declined)).toMatchObject({ kind: 'existing', request: { number: 2 } })
  })
})

describe('listing', () => {
  it('finds those out of a project wherever they lead', async () => {
    createPullRequest(project, { ...wanted('z'), source: forked }, author())
    const query = { direction: 'outgoing', order: 'newest' } as const
    expect((await listPullRequests(forked, query)).map(({ request }) => request.number)).toEqual([1])
    expect(await listPullRequests(project, query)).toEqual([])
    expect(await listPullRequests(forked, { ...query, direction: 'incoming' })).toEqual([])
  })
})

describe('rebasing', () => {
  it('moves the source branch, once, and announces it', async () => {
    createPullRequest(project, wanted(), author())
    const before = tip(project, 'x')
    const events: unknown[] = []
    project.forge.onRefsChanged((event) => events.push(event))
    const rebased = await rebasePullRequest(project, project.pullRequests.get(1)!, author())
    const change = { ref: 'refs/heads/x', before, after: tip(project, 'x') }
    expect(rebased).toEqual({ kind: 'rebased', change })
    expect(change.after).not.toBe(before)
    expect(events).toEqual([
      { projectId: 1, changes: [change], actor: author().user, via: 'api', vendor: 'bitbucket' },
    ])
    expect(await rebasePullRequest(project, project.pullRequests.get(1)!, author())).toEqual({
      kind: 'current',
    })
  })

  it('moves the branch of another project', async () => {
    createPullRequest(project, { ...wanted('z'), source: forked }, author())
    const rebased = await rebasePullRequest(project, project.pullRequests.get(1)!, author())
    expect(rebased.kind).toBe('rebased')
    expect(forked.repository.branch('z')!.commit.parents).toEqual([tip(project, 'main')])
    expect(project.pullRequests.get(1)).toMatchObject({ version: 0, source: { commit: tip(forked, 'z') } })
  })

  it('throws ref-missing when a branch is gone', async () => {
    createPullRequest(project, wanted(), author())
    project.moveRefs([{ ref: 'refs/heads/x', after: null }], { actor: null, via: 'push', vendor: 'gitlab' })
    await expect(rebasePullRequest(project, project.pullRequests.get(1)!, author())).rejects.toThrow(
      'ref-missing',
    )
  })
})

describe('worlds', () => {
  it('begin with the pull requests of the fixture, again after a reset', async () => {
    await open(world({ title: 'T', source: 'x', number: 7, reviewers: ['bob'] }))
    createPullRequest(project, wanted('y'), author())
    expect([...project.pullRequests.keys()]).toEqual([7, 8])
    await app.worlds.reset()
    await reopen()
    expect([...project.pullRequests.values()]).toMatchObject([
      { number: 7, author: 'ada', reviewers: ['bob'], state: 'open', version: 0 },
    ])
  })

  it('are told the mistakes of their pull requests', async () => {
    const fixture = world(
      { title: 'A', source: 'nope', target: 'nope' },
      { title: 'B', source: 'x', target: 'refs/tags/v1', author: 'eve', reviewers: ['eve'] },
      { title: 'C', source: 'x', number: 3, closedAt: 'yesterday...' },
      { title: 'D', source: 'refs/heads/x', number: 3 },
      { title: 'E', source: 'x', sourceProject: 'ada/nope' },
    )
    const error = await validateFixture(fixture, 'test').catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(FixtureError)
    const at = 'projects[0].pullRequests'
    expect((error as FixtureError).problems.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      `${at}[3].number: the number 3 is already used at ${at}[2].number`,
      `${at}[3]: an open pull request of "ada/widgets:refs/heads/x into refs/heads/main" is already used at ${at}[2]`,
      `${at}[0].source: there is no branch or tag "refs/heads/nope"`,
      `${at}[0].target: there is no branch or tag "refs/heads/nope"`,
      `${at}[1].target: is not a branch`,
      `${at}[1].author: there is no user "eve"`,
      `${at}[1].reviewers[0]: there is no user "eve"`,
      `${at}[2].closedAt: "yesterday..." is not an ISO 8601 date and time`,
      `${at}[2].closedAt: an open pull request has not been closed`,
      `${at}[4].sourceProject: there is no project "ada/nope"`,
    ])
  })
})
