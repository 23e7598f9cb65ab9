import { Gitlab } from '@gitbeaker/rest'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FakeForge, startFakeForge } from '../../src/index.ts'

const FEATURE = 'cf9e43d3ce3b87bc3165a16d35b7700e541569b4'

let server: FakeForge
let dee: InstanceType<typeof Gitlab>
let ada: InstanceType<typeof Gitlab>

beforeAll(async () => {
  server = await startFakeForge({ port: 0 })
  dee = new Gitlab({ host: server.url, token: 'dee-token' })
  ada = new Gitlab({ host: server.url, token: 'ada-token' })
})
beforeEach(() => server.reset())
afterAll(() => server.close())

describe('gitbeaker', () => {
  it('shows a project by id and by path', async () => {
    const byId = await dee.Projects.show(1)
    expect(byId).toMatchObject({ path_with_namespace: 'acme/widgets', default_branch: 'main' })
    expect(byId.http_url_to_repo).toBe(`${server.url}/acme/widgets.git`)
    expect(await dee.Projects.show('acme/widgets')).toEqual(byId)
  })

  it('walks all pages of projects, by offset and by key', async () => {
    const byOffset = await dee.Projects.all({ perPage: 2, simple: true })
    expect(byOffset.map((project) => project.id).sort()).toEqual([1, 2, 3, 4, 5])
    const byKey = await dee.Projects.all({ pagination: 'keyset', orderBy: 'id', sort: 'asc', perPage: 2 })
    expect(byKey.map((project) => project.id)).toEqual([1, 2, 3, 4, 5])
    const own = await dee.Projects.all({ owned: true })
    expect(own.map((project) => project.path_with_namespace)).toEqual(['dee/dotfiles'])
  })

  it('knows who it is', async () => {
    expect(await dee.Users.showCurrentUser()).toMatchObject({ username: 'dee', email: 'dee@example.test' })
    expect(await ada.Users.showCurrentUser()).toMatchObject({ username: 'ada', is_admin: true })
    expect(await dee.Users.all({ username: 'mia' })).toMatchObject([{ id: 2, name: 'Mia Maintainer' }])
    expect(await dee.Users.show(2)).toMatchObject({ username: 'mia' })
    expect(await dee.PersonalAccessTokens.show()).toMatchObject({ user_id: 3, active: true })
  })

  it('asks for the version', async () => {
    expect(await dee.Metadata.show()).toMatchObject({ version: '18.5.0-ee', enterprise: true })
  })

  it('finds groups and namespaces', async () => {
    expect(await dee.Groups.show('acme')).toMatchObject({ full_path: 'acme' })
    const groups = await ada.Groups.all()
    expect(groups.map((group) => group.full_path)).toEqual(['acme', 'tools'])
    const projects = await dee.Groups.allProjects('acme')
    expect(projects.map((project) => project.id)).toEqual([3, 2, 1])
    expect(await dee.Namespaces.all()).toMatchObject([{ full_path: 'dee', kind: 'user' }])
    expect(await ada.Namespaces.show('tools')).toMatchObject({ kind: 'group' })
  })

  it('creates, lists, shows and removes branches', async () => {
    const made = await dee.Branches.create(1, 'fix/one', 'v1.0.0')
    expect(made).toMatchObject({ name: 'fix/one', merged: true, can_push: true })
    expect(await dee.Branches.show(1, 'fix/one')).toEqual(made)
    const all = await dee.Branches.all(1, { perPage: 1 })
    expect(all.map((branch) => branch.name)).toEqual(['feature/x', 'fix/one', 'main'])
    await dee.Branches.remove(1, 'fix/one')
    await expect(dee.Branches.show(1, 'fix/one')).rejects.toMatchObject({
      cause: { description: '404 Branch Not Found' },
    })
  })

  it('reads commits, their diffs and refs', async () => {
    expect(await dee.Commits.show(1, 'feature/x')).toMatchObject({
      id: FEATURE,
      stats: { additions: 1, deletions: 1, total: 2 },
    })
    const all = await dee.Commits.all(1, { refName: 'main', perPage: 2 })
    expect(all.map((commit) => commit.title)).toEqual([
      "Merge branch 'feature/x'",
      'Describe the parts',
      'Try a bigger cog',
      'Add parts',
      'Initial commit',
    ])
    const refs = await dee.Commits.allReferences(1, FEATURE, { type: 'tag' })
    expect(refs.map((ref) => ref.name)).toEqual(['release/2024-01', 'stable', 'v1.10.0', 'v1.10.0-rc.1'])
    expect(await dee.Commits.showDiff(1, FEATURE)).toMatchObject([{ new_path: 'parts.txt' }])
  })

  it('reads trees, files and comparisons', async () => {
    const tree = await dee.Repositories.allRepositoryTrees(1, { path: 'docs' })
    expect(tree.map((entry) => entry.path)).toEqual(['docs/parts.md'])
    const file = await dee.RepositoryFiles.show(1, 'docs/parts.md', 'main')
    expect(Buffer.from(file.content, 'base64').toString()).toBe('Cogs & <springs>\n')
    expect(await dee.RepositoryFiles.showRaw(1, 'parts.txt', 'v1.0.0')).toBe('cog\n')
    const comparison = await dee.Repositories.compare(1, 'v0.1.0', 'feature/x')
    expect(comparison.commits).toMatchObject([{ title: 'Add parts' }, { title: 'Try a bigger cog' }])
  })

  it('hears of refusals in words', async () => {
    await expect(dee.Branches.create(1, 'main', 'main')).rejects.toMatchObject({
      cause: { description: 'Branch already exists' },
    })
    await expect(dee.Projects.show(99)).rejects.toMatchObject({
      cause: { description: '404 Project Not Found' },
    })
  })
})
