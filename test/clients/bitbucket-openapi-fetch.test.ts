import { createBitbucketServerClient } from '@coderabbitai/bitbucket/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeForge, startFakeForge } from '../../src/index.ts'
import { NOW, project, world } from '../vendors/bitbucket/world.ts'

/** @coderabbitai/bitbucket: a client generated from Atlassian's OpenAPI document, over fetch. */

let forge: FakeForge
let client: ReturnType<typeof createBitbucketServerClient>

beforeAll(async () => {
  forge = await startFakeForge({
    clock: NOW,
    fixture: world(
      project('acme/widgets', 1, {
        tags: Array.from({ length: 60 }, (_, i) => ({
          name: `v${String(i).padStart(2, '0')}`,
          target: 'c1',
        })),
      }),
    ),
  })
  client = createBitbucketServerClient({
    baseUrl: `${forge.url}/rest`,
    headers: { Accept: 'application/json', Authorization: 'Bearer dee-token' },
  })
})
afterAll(() => forge.close())

const path = { projectKey: 'ACME', repositorySlug: 'widgets' }

describe('a client of the OpenAPI document', () => {
  it('pages through the tags', async () => {
    const pageAt = async (start: number) => {
      const { data } = await client.GET('/api/latest/projects/{projectKey}/repos/{repositorySlug}/tags', {
        params: { path, query: { start, limit: 25, orderBy: 'ALPHABETICAL' } },
      })
      return { names: (data?.values ?? []).map((tag) => tag.displayId), next: data?.nextPageStart }
    }
    const names: (string | undefined)[] = []
    for (let next: number | null | undefined = 0; typeof next === 'number'; ) {
      const page: Awaited<ReturnType<typeof pageAt>> = await pageAt(next)
      names.push(...page.names)
      next = page.next
    }
    expect(names).toEqual(Array.from({ length: 60 }, (_, i) => `v${String(i).padStart(2, '0')}`))
  })

  it('creates, gets and deletes a tag', async () => {
    const created = await client.POST('/api/latest/projects/{projectKey}/repos/{repositorySlug}/tags', {
      params: { path },
      body: { name: 'new', startPoint: 'main', message: 'From a client' },
    })
    expect(created.response.status).toBe(200)
    expect(created.data).toMatchObject({ id: 'refs/tags/new', displayId: 'new', type: 'TAG' })

    const got = await client.GET('/api/latest/projects/{projectKey}/repos/{repositorySlug}/tags/{name}', {
      params: { path: { ...path, name: 'new' } },
    })
    expect(got.data).toEqual(created.data)

    const gone = await client.DELETE('/git/latest/projects/{projectKey}/repos/{repositorySlug}/tags/{name}', {
      params: { path: { ...path, name: 'new' } },
    })
    expect(gone.response.status).toBe(204)
  })

  it('creates a tag through the git API, by force too', async () => {
    const create = (startPoint: string, force?: string) =>
      client.POST('/git/latest/projects/{projectKey}/repos/{repositorySlug}/tags', {
        params: { path },
        body: { name: 'forced', startPoint, type: 'LIGHTWEIGHT', ...(force && { force }) } as never,
      })
    expect((await create('main')).response.status).toBe(201)
    const again = await create('feature/x')
    expect([again.response.status, again.error]).toMatchObject([
      409,
      { errors: [{ exceptionName: 'com.atlassian.bitbucket.repository.DuplicateRefException' }] },
    ])
    expect((await create('feature/x', 'true')).response.status).toBe(201)
  })

  it('gets errors in the shape that the document promises', async () => {
    const { response, error } = await client.GET(
      '/api/latest/projects/{projectKey}/repos/{repositorySlug}/tags',
      {
        params: { path: { ...path, repositorySlug: 'nope' } },
      },
    )
    expect([response.status, error]).toEqual([
      404,
      {
        errors: [
          {
            context: null,
            message: 'Repository ACME/nope does not exist.',
            exceptionName: 'com.atlassian.bitbucket.repository.NoSuchRepositoryException',
          },
        ],
      },
    ])
  })

  it('cannot name a tag with a slash, which it encodes', async () => {
    const { response } = await client.GET(
      '/api/latest/projects/{projectKey}/repos/{repositorySlug}/tags/{name}',
      {
        params: { path: { ...path, name: 'release/1.0' } },
        parseAs: 'text',
      },
    )
    expect(response.status).toBe(400)
  })

  it('looks around', async () => {
    const version = await client.GET('/api/latest/application-properties')
    expect(version.data).toMatchObject({ version: '8.19.0', displayName: 'Bitbucket' })
    const repository = await client.GET('/api/latest/projects/{projectKey}/repos/{repositorySlug}', {
      params: { path },
    })
    expect(repository.data).toMatchObject({ slug: 'widgets', project: { key: 'ACME' } })
    const branches = await client.GET('/api/latest/projects/{projectKey}/repos/{repositorySlug}/branches', {
      params: { path, query: { orderBy: 'ALPHABETICAL' } },
    })
    expect(branches.data?.values?.map((branch) => branch.displayId)).toEqual(['feature/x', 'main'])
    const commits = await client.GET('/api/latest/projects/{projectKey}/repos/{repositorySlug}/commits', {
      params: { path, query: { until: 'v00' } },
    })
    expect(commits.data?.values?.map((commit) => commit.message)).toEqual(['Initial commit'])
  })
})
