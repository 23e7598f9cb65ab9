import { ProjectHooks, ProjectReleases, ProtectedTags, ReleaseLinks } from '@gitbeaker/rest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeForge, startFakeForge } from '../../src/index.ts'

let forge: FakeForge
let options: { host: string; token: string }

beforeAll(async () => {
  forge = await startFakeForge({ port: 0 })
  options = { host: forge.url, token: 'mia-token' }
})
afterAll(() => forge.close())

describe('gitbeaker', () => {
  it('makes, reads, changes and deletes a release', async () => {
    const releases = new ProjectReleases(options)
    const made = await releases.create('acme/widgets', {
      tag_name: 'v2.0.0',
      ref: 'main',
      tag_message: 'Two',
      description: 'The second one',
      assets: { links: [{ name: 'bin', url: 'https://example.test/bin' }] },
    } as never)
    expect(made).toMatchObject({
      tag_name: 'v2.0.0',
      name: 'v2.0.0',
      author: { username: 'mia' },
      assets: { count: 5 },
    })
    expect((await releases.all(1)).map((release) => release.tag_name)).toEqual(['v2.0.0', 'v1.0.0'])
    expect((await releases.all(1, { perPage: 1 })).map((release) => release.tag_name)).toEqual([
      'v2.0.0',
      'v1.0.0',
    ])
    expect(await releases.showLatest(1)).toEqual(await releases.show(1, 'v2.0.0'))
    const edited = await releases.edit(1, 'v2.0.0', { description: 'Better' } as never)
    expect(edited).toEqual({ ...made, description: 'Better' })
    await releases.remove(1, 'v2.0.0')
    await expect(releases.show(1, 'v2.0.0')).rejects.toMatchObject({
      cause: { description: '404 Not Found', response: { status: 404 } },
    })
  })

  it('works with a job token', async () => {
    const releases = new ProjectReleases({ host: forge.url, jobToken: 'dee-job' })
    const made = await releases.create(1, { tag_name: 'v3.0.0', ref: 'main' } as never)
    expect(made).toMatchObject({ tag_name: 'v3.0.0', author: { username: 'dee' } })
    await releases.remove(1, 'v3.0.0')
  })

  it('manages the links of a release', async () => {
    const links = new ReleaseLinks(options)
    const made = await links.create(1, 'v1.0.0', 'bin', 'https://example.test/a', {
      linkType: 'package',
      directAssetPath: '/bin/a',
    })
    expect(made).toEqual({
      id: made.id,
      name: 'bin',
      url: 'https://example.test/a',
      direct_asset_url: `${forge.url}/acme/widgets/-/releases/v1.0.0/downloads/bin/a`,
      external: true,
      link_type: 'package',
    })
    expect(await links.all(1, 'v1.0.0')).toEqual([made])
    const edited = await links.edit(1, 'v1.0.0', made.id, { name: 'binary', linkType: 'package' })
    expect(edited).toEqual({ ...made, name: 'binary' })
    expect(await links.show(1, 'v1.0.0', made.id)).toEqual(edited)
    await expect(links.edit(1, 'v1.0.0', made.id, {})).rejects.toMatchObject({
      cause: { description: 'name, url are missing, at least one parameter must be provided' },
    })
    await links.remove(1, 'v1.0.0', made.id)
    expect(await links.all(1, 'v1.0.0')).toEqual([])
  })

  it('protects and unprotects tags', async () => {
    const rules = new ProtectedTags(options)
    expect((await rules.all(1)).map((rule) => rule.name)).toEqual(['v*', 'release/*'])
    const made = await rules.create(1, 'beta/*', { createAccessLevel: 30 })
    expect(made).toEqual({
      name: 'beta/*',
      create_access_levels: [
        { id: 3, access_level: 30, access_level_description: 'Developers + Maintainers' },
      ],
    })
    expect(await rules.show(1, 'beta/*')).toEqual(made)
    await expect(rules.protect(1, 'beta/*')).rejects.toMatchObject({ cause: { response: { status: 422 } } })
    await rules.unprotect(1, 'beta/*')
    await expect(rules.show(1, 'beta/*')).rejects.toMatchObject({ cause: { description: '404 Not found' } })
  })

  it('adds, changes and removes hooks', async () => {
    const hooks = new ProjectHooks(options)
    const made = await hooks.add(1, 'http://127.0.0.1:9/hook', {
      tagPushEvents: true,
      pushEvents: false,
      token: 'x',
    })
    expect(made).toMatchObject({ project_id: 1, tag_push_events: true, push_events: false })
    expect((await hooks.all(1)).map((hook) => hook.id)).toEqual([made.id])
    const edited = await hooks.edit(1, made.id, 'http://127.0.0.1:9/other', { releasesEvents: true })
    expect(edited).toEqual({ ...made, url: 'http://127.0.0.1:9/other', releases_events: true })
    expect(await hooks.show(1, made.id)).toEqual(edited)
    await expect(hooks.add(1, 'nonsense')).rejects.toMatchObject({
      cause: { description: 'Invalid url given' },
    })
    await hooks.remove(1, made.id)
    expect(await hooks.all(1)).toEqual([])
  })
})
