import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { canonicalUrl } from '../../../src/vendors/bitbucket/address.ts'
import { answer, type Call, callerOf } from '../../caller.ts'
import { bearer, NOT_PERMITTED, NOW, project, thrown, world } from './world.ts'

let app: FastifyInstance
let call: Call

beforeAll(async () => {
  app = await buildApp({
    clock: NOW,
    fixture: world(
      project('acme/widgets', 1, { tags: [{ name: 'v1', target: 'c1' }], movedFrom: ['former/gears'] }),
      project('prj/Mixed', 2, { tags: [{ name: 'v1', target: 'c1' }] }),
      project('J.Smith/Dots', 3, { members: {}, tags: [{ name: 'v1', target: 'c1' }] }),
    ),
  })
  call = callerOf(app, bearer('root-token'))
})
afterAll(() => app.close())

const found = async (url: string): Promise<number> => (await call('GET', url)).status

const PAGE = /^<!doctype html>.*<h1>HTTP Status 400 – Bad Request<\/h1>/s

describe('an address', () => {
  it.each([
    '/rest/api/1.0/projects/ACME/repos/widgets/tags',
    '/rest/api/latest/projects/ACME/repos/widgets/tags',
    '/rest/api/1/projects/ACME/repos/widgets/tags',
    '/rest/api/1.0/projects/acme/repos/widgets/tags',
    '/rest/api/1.0/projects/aCmE/repos/WIDGETS/tags',
    '/rest/api/1.0/projects/ACME/repos/widgets/tags/',
    '/rest/api/1.0/projects/ACME/repos/widgets/tags/?limit=1',
    '/rest/api/1.0/projects/ACME/repos/widgets/',
    '/rest/api/1.0/projects/ACME;v=1/repos;x/widgets;a=b;c=d/tags;jsessionid=77',
    '/rest/api/latest/projects/ACME/repos/widgets/tags/v1',
    '/rest/api/1/projects/ACME/repos/widgets/tags/v1;x=y',
    '/rest/api/1.0/projects/prj/repos/mixed/tags',
    '/rest/api/1.0/projects/PRJ/repos/Mixed/tags/v1',
    '/rest/api/1.0/projects/~j.smith/repos/dots/tags',
    '/rest/api/1.0/projects/~J.SMITH/repos/DOTS/tags/v1',
    '/rest/api/1.0/projects/%7Ej.smith/repos/dots/tags',
    '/rest/api/1.0/users/j.smith/repos/dots/tags',
    '/rest/api/1.0/users/J.Smith/repos/dots/tags/v1',
    '/rest/api/1.0/users/~j.smith/repos/dots/tags',
    '/rest/api/latest/users/%7ej.smith/repos/dots/tags/v1',
    '/rest/api/latest/users/j.smith/repos/dots/',
    '/rest/api/latest/users/j.smith/repos',
  ])('is %s', async (url) => {
    expect(await found(url)).toBe(200)
  })

  it.each([
    '/rest/api/2.0/projects/ACME/repos/widgets/tags',
    '/rest/api/1.1/projects/ACME/repos/widgets/tags',
    '/rest/api/LATEST/projects/ACME/repos/widgets/tags',
    '/rest/api/projects/ACME/repos/widgets/tags',
    '/rest/API/1.0/projects/ACME/repos/widgets/tags',
    '/rest/api/1.0/projects/ACME/repos/widgets/tag',
    '/rest/git/1.0/projects/ACME/repos/widgets',
    '/rest/api/1.0/users/j.smith/nothing',
    '/rest/api/1.0',
    '/rest',
    '/rest/',
  ])('is not %s', async (url) => {
    const { status, body } = await call('GET', url, { headers: { accept: 'application/json', host: 'bb' } })
    expect([status, body]).toEqual([404, { message: `null for uri: http://bb${url}`, 'status-code': 404 }])
  })

  it('below no root is nobody’s', async () => {
    expect((await call('GET', '/stash/rest/api/1.0/projects')).body).toMatchObject({ error: 'not-found' })
  })

  it('of the git API has as many spellings', async () => {
    for (const place of ['projects/~J.Smith', 'users/j.smith', 'users/~j.smith']) {
      for (const version of ['1.0', 'latest', '1']) {
        const url = `/rest/git/${version}/${place}/repos/dots/tags`
        const { status } = await call('POST', url, { payload: { name: 'x', startPoint: 'main' } })
        expect([url, status]).toEqual([url, 201])
        expect((await call('DELETE', `${url}/x`)).status).toBe(204)
      }
    }
  })

  it.each([
    ['GET', '/rest/api/1.0/projects/ACME/repos/widgets/tags/release%2F1.0'],
    ['GET', '/rest/api/1.0/projects/ACME/repos/widgets/tags/release%2f1.0'],
    ['DELETE', '/rest/git/1.0/projects/ACME/repos/widgets/tags/release%5C1.0'],
    ['POST', '/rest/api/1.0/projects/ACME/repos/widgets%5cx/tags'],
    ['PUT', '/rest/anything%2Fat/all'],
    ['GET', '/rest/api/1.0/projects/ACME/repos/widgets/commits/feature%2Fx'],
    ['GET', '/rest/api/1.0/projects/ACME/repos/widgets/tags/%zz'],
    ['GET', '/rest/api/1.0/projects/ACME/repos/widgets/tags/%ff%2F'],
    ['GET', '/rest/%'],
  ])(
    'with a slash in disguise or a broken escape is refused by the container: %s %s',
    async (method, url) => {
      const { status, headers, text } = await callerOf(app)(method, url)
      expect([status, headers['content-type']]).toEqual([400, 'text/html;charset=utf-8'])
      expect(text).toMatch(PAGE)
      expect(headers['x-arequestid']).toBeUndefined()
    },
  )

  it('may have an encoded slash in its query', async () => {
    expect(await found('/rest/api/1.0/projects/ACME/repos/widgets/tags?filterText=a%2Fb')).toBe(200)
  })

  it('that was left behind leads to the new one, for whoever may read that', async () => {
    const url = '/rest/api/latest/projects/FORMER/repos/Gears/tags/v1?x=1'
    const { status, headers } = await call('GET', url, { headers: { host: 'bb.test' } })
    expect([status, headers.location]).toEqual([
      307,
      'http://bb.test/rest/api/1.0/projects/ACME/repos/widgets/tags/v1?x=1',
    ])
    expect(await answer(callerOf(app)('GET', url))).toEqual([401, NOT_PERMITTED])
  })

  it('is missed in the order of project, repository, permission', async () => {
    const anonymous = callerOf(app)
    const get = (path: string) => answer(anonymous('GET', `/rest/api/1.0/${path}`))
    expect(await get('projects/nope/repos/widgets/tags')).toEqual([
      404,
      thrown('project.NoSuchProjectException', 'Project nope does not exist.'),
    ])
    expect(await get('projects/acme/repos/Nope/tags')).toEqual([
      404,
      thrown('repository.NoSuchRepositoryException', 'Repository ACME/Nope does not exist.'),
    ])
    expect(await get('projects/~ghost/repos/x')).toEqual([
      404,
      thrown('project.NoSuchProjectException', 'Project ~ghost does not exist.'),
    ])
    expect(await get('users/ghost/repos/x/tags')).toEqual([
      404,
      thrown('user.NoSuchUserException', 'User ghost does not exist.'),
    ])
    expect(await get('users/~j.smith/repos/x/tags')).toEqual([
      404,
      thrown('repository.NoSuchRepositoryException', 'Repository ~J.SMITH/x does not exist.'),
    ])
    expect(await get('projects/acme/repos/widgets/tags')).toEqual([401, NOT_PERMITTED])
    expect(await get('projects/nope')).toEqual([
      404,
      thrown('project.NoSuchProjectException', 'Project nope does not exist.'),
    ])
  })

  it('may be below a context path', async () => {
    const moved = await buildApp({
      prefixes: { bitbucket: '/stash' },
      fixture: world(project('J.Smith/dots', 1, { members: {} })),
    })
    const get = callerOf(moved, { ...bearer('root-token'), host: 'bb.test' })
    const { body } = await get('GET', '/stash/rest/api/latest/users/j.smith/repos/dots')
    expect(body).toMatchObject({
      links: {
        clone: [
          { href: 'http://bb.test/stash/scm/~j.smith/dots.git', name: 'http' },
          { href: 'ssh://git@bb.test:7999/~j.smith/dots.git', name: 'ssh' },
        ],
        self: [{ href: 'http://bb.test/stash/users/j.smith/repos/dots/browse' }],
      },
    })
    expect((await get('GET', '/rest/api/1.0/projects')).status).toBe(404)
    await moved.close()
  })
})

describe('the canonical spelling', () => {
  it.each([
    ['/other/latest/x/', '/other/latest/x/'],
    ['/rest/api/latest/projects/A', '/rest/api/1.0/projects/A'],
    ['/rest/api/latest', '/rest/api/1.0'],
    ['/rest/api/latest2/x', '/rest/api/latest2/x'],
    ['/rest/git/1/users/a/repos/b/tags/latest/1', '/rest/git/1.0/projects/~a/repos/b/tags/latest/1'],
    ['/rest/api/1.0/users/a', '/rest/api/1.0/users/a'],
    ['/rest/api/1.0/projects/A/repos/b/tags/x/', '/rest/api/1.0/projects/A/repos/b/tags/x/'],
    ['/rest/api/1.0/projects/A/repos/b/tags/?q=;/', '/rest/api/1.0/projects/A/repos/b/tags?q=;/'],
    ['/rest/api/latest/x%2Fy;z/', '/rest/api/latest/x%2Fy;z/'],
  ])('of %s is %s', (url, canonical) => {
    expect(canonicalUrl(url, '')).toBe(canonical)
  })
})
