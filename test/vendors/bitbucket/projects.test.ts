import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { answer, callerOf } from '../../caller.ts'
import { bearer, NOT_PERMITTED, NOW, project, thrown, world } from './world.ts'

let app: FastifyInstance

beforeAll(async () => {
  app = await buildApp({
    clock: NOW,
    fixture: world(
      project('acme/widgets', 11, { name: 'The Widgets', description: 'All of them.' }),
      project('prj/Open', 12, { visibility: 'public', members: {} }),
      project('J.Smith/dots', 13, { members: {} }),
    ),
  })
})
afterAll(() => app.close())

const as = (token: string | null, path: string) =>
  answer(callerOf(app, { ...(token && bearer(token)), host: 'bb.test' })('GET', `/rest/api/1.0${path}`))

const acme = {
  key: 'ACME',
  id: 9,
  name: 'Acme',
  public: false,
  type: 'NORMAL',
  links: { self: [{ href: 'http://bb.test/projects/ACME' }] },
}

const smith = {
  name: 'J.Smith',
  emailAddress: 'j.smith@example.test',
  id: 8,
  displayName: 'John Smith',
  active: true,
  slug: 'j.smith',
  type: 'NORMAL',
  links: { self: [{ href: 'http://bb.test/users/j.smith' }] },
}

const personal = {
  key: '~J.SMITH',
  id: 8,
  name: 'J.Smith',
  type: 'PERSONAL',
  owner: smith,
  links: { self: [{ href: 'http://bb.test/users/j.smith' }] },
}

const widgets = {
  slug: 'widgets',
  id: 11,
  name: 'The Widgets',
  description: 'All of them.',
  hierarchyId: expect.stringMatching(/^[0-9a-f]{20}$/),
  scmId: 'git',
  state: 'AVAILABLE',
  statusMessage: 'Available',
  forkable: true,
  project: acme,
  public: false,
  archived: false,
  links: {
    clone: [
      { href: 'http://bb.test/scm/acme/widgets.git', name: 'http' },
      { href: 'ssh://git@bb.test:7999/acme/widgets.git', name: 'ssh' },
    ],
    self: [{ href: 'http://bb.test/projects/ACME/repos/widgets/browse' }],
  },
}

const keys = async (token: string | null, path: string) => {
  const [status, body] = await as(token, path)
  const { values } = body as { values: { key?: string; slug?: string }[] }
  return [status, values.map(({ key, slug }) => slug ?? key)]
}

describe('a project', () => {
  it('is shown to who may read one of its repositories', async () => {
    expect(await as('rex-token', '/projects/acme')).toEqual([200, acme])
    expect(await as('sam-token', '/projects/acme')).toEqual([401, NOT_PERMITTED])
    expect(await as('gus-token', '/projects/acme')).toEqual([401, NOT_PERMITTED])
    expect(await as(null, '/projects/acme')).toEqual([401, NOT_PERMITTED])
    expect((await as(null, '/projects/prj'))[0]).toBe(200)
  })

  it('may be personal', async () => {
    expect(await as('J.Smith-token', '/projects/~j.smith')).toEqual([200, personal])
  })

  it('may be missing', async () => {
    expect(await as('rex-token', '/projects/Nope')).toEqual([
      404,
      thrown('project.NoSuchProjectException', 'Project Nope does not exist.'),
    ])
  })

  it('is listed by name to who may see it; personal ones are not listed', async () => {
    expect(await as('rex-token', '/projects?limit=1')).toEqual([
      200,
      { size: 1, limit: 1, isLastPage: false, values: [acme], start: 0, nextPageStart: 1 },
    ])
    expect(await keys('rex-token', '/projects')).toEqual([200, ['ACME', 'PRJ']])
    expect(await keys('root-token', '/projects')).toEqual([200, ['ACME', 'PRJ', 'VOID']])
    expect(await keys(null, '/projects')).toEqual([200, ['PRJ']])
    expect(await keys('root-token', '/projects?name=pro')).toEqual([200, ['PRJ']])
    expect(await keys('dee-token', '/projects?permission=PROJECT_WRITE')).toEqual([200, ['ACME']])
  })

  it('is not listed to anybody where nothing is public', async () => {
    const closed = await buildApp({ fixture: world(project('acme/widgets', 1)) })
    for (const path of ['projects', 'repos']) {
      expect(await answer(callerOf(closed)('GET', `/rest/api/1.0/${path}`))).toEqual([401, NOT_PERMITTED])
    }
    await closed.close()
  })
})

describe('a repository', () => {
  it('is shown with its project and addresses', async () => {
    expect(await as('rex-token', '/projects/acme/repos/widgets')).toEqual([200, widgets])
  })

  it('of a user is at home with the user', async () => {
    expect(await as('J.Smith-token', '/users/j.smith/repos/dots')).toMatchObject([
      200,
      {
        slug: 'dots',
        project: personal,
        links: {
          clone: [
            { href: 'http://bb.test/scm/~j.smith/dots.git', name: 'http' },
            { href: 'ssh://git@bb.test:7999/~j.smith/dots.git', name: 'ssh' },
          ],
          self: [{ href: 'http://bb.test/users/j.smith/repos/dots/browse' }],
        },
      },
    ])
  })

  it('has a slug in lower case', async () => {
    expect(await as(null, '/projects/PRJ/repos/oPEN')).toMatchObject([
      200,
      { slug: 'open', name: 'Open', public: true },
    ])
  })

  it('is listed to its readers', async () => {
    expect(await as('rex-token', '/projects/acme/repos')).toEqual([
      200,
      { size: 1, limit: 25, isLastPage: true, values: [widgets], start: 0 },
    ])
    expect(await keys('root-token', '/repos')).toEqual([200, ['dots', 'open', 'widgets']])
    expect(await keys(null, '/repos')).toEqual([200, ['open']])
    expect(await keys('root-token', '/repos?projectkey=prj')).toEqual([200, ['open']])
    expect(await keys('root-token', '/repos?projectname=acm')).toEqual([200, ['widgets']])
    expect(await keys('root-token', '/repos?name=dot')).toEqual([200, ['dots']])
    expect(await keys('dee-token', '/repos?permission=REPO_WRITE')).toEqual([200, ['widgets']])
  })
})

describe('a user', () => {
  it('is shown to who is signed in', async () => {
    expect(await as('sam-token', '/users/J.SMITH')).toEqual([200, smith])
    expect(await as(null, '/users/j.smith')).toEqual([401, NOT_PERMITTED])
    expect(await as('sam-token', '/users/Ghost')).toEqual([
      404,
      thrown('user.NoSuchUserException', 'User Ghost does not exist.'),
    ])
  })
})
