import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeForge, startFakeForge } from '../../src/index.ts'
import { git, gitAsync, temporaryFolder } from '../git-binary.ts'
import { Receiver } from '../http/receiver.ts'
import { C1, C2, fixtureWith, NOTHING } from '../http/webhook-world.ts'

let receiver: Receiver
let forge: FakeForge
let folder: { readonly path: string; remove(): void }
let clone: string
beforeEach(async () => {
  receiver = await Receiver.open()
  const hooks = ['gitlab', 'bitbucket', 'gitflic', 'codearts'].map((vendor) => ({
    url: `${receiver.url}/${vendor}`,
    vendor,
  }))
  forge = await startFakeForge({ fixture: fixtureWith([...hooks, { url: `${receiver.url}/any` }]) })
  folder = temporaryFolder()
  await gitAsync(folder.path, ['clone', '--quiet', urlOf('/acme/widgets.git'), 'clone'])
  clone = `${folder.path}/clone`
})
afterEach(async () => {
  await forge.close()
  await receiver.close()
  folder.remove()
})

/** A body of any vendor, as far as it is looked at here. */
interface Body extends Record<string, unknown> {
  readonly push: { readonly ref: string }
}

const urlOf = (path: string) => `${forge.url.replace('//', '//mia:mia-token@')}${path}`

/** Pushes to a clone URL; answers what each webhook was sent, in its order. */
async function push(refs: readonly string[], path = '/acme/widgets.git') {
  const start = receiver.received.length
  await gitAsync(clone, ['push', '--quiet', '--force', urlOf(path), ...refs])
  const log = await fetch(`${forge.url}/__admin/webhooks?settled=true`)
  expect(await log.json()).toMatchObject({ settled: true })
  const received = receiver.received.slice(start)
  return (hook: string) =>
    received.filter(({ url }) => url === `/hook/${hook}`).map(({ body }) => body as Body)
}

const tag = (name: string, ...args: string[]) => git(clone, ['tag', ...args, name, C2])
const refsOf = (bodies: readonly Body[]) => bodies.map(({ ref, before, after }) => [ref, before, after])

describe('a push of tags', () => {
  it('is told by GitLab ref by ref, by Bitbucket in one event, by GitFlic and CodeArts ref by ref', async () => {
    tag('light2')
    tag('noted2', '-a', '-m', 'A second note')
    const object = git(clone, ['rev-parse', 'refs/tags/noted2']).trim()
    const sent = await push(['refs/tags/light2', 'refs/tags/noted2', ':refs/tags/light'])
    const moved = [
      ['refs/tags/light', C1, NOTHING],
      ['refs/tags/light2', NOTHING, C2],
      ['refs/tags/noted2', NOTHING, object],
    ]
    expect(refsOf(sent('gitlab')).sort()).toEqual(moved)
    expect(refsOf(sent('codearts')).sort()).toEqual(moved)
    const [event, ...others] = sent('bitbucket')
    expect(others).toEqual([])
    expect(event).toMatchObject({ eventKey: 'repo:refs_changed', actor: { name: 'mia' } })
    expect(event).not.toHaveProperty('toCommit')
    const changes = event?.changes as { refId: string; fromHash: string; toHash: string; type: string }[]
    expect(
      changes.map(({ refId, fromHash, toHash, type }) => [refId, fromHash, toHash, type]).sort(),
    ).toEqual([
      [...moved[0]!, 'DELETE'],
      [...moved[1]!, 'ADD'],
      [...moved[2]!, 'ADD'],
    ])
    expect(
      sent('gitflic')
        .map(({ action, push: { ref } }) => `${action} ${ref}`)
        .sort(),
    ).toEqual(['TAG_CREATE refs/tags/light2', 'TAG_CREATE refs/tags/noted2', 'TAG_DELETE refs/tags/light'])
    expect(sent('gitlab').find(({ ref }) => ref === 'refs/tags/noted2')).toMatchObject({
      message: 'A second note',
      checkout_sha: C2,
      user_username: 'mia',
    })
  })

  it('of more than three tags is told by everybody but GitLab', async () => {
    for (const name of ['a', 'b', 'c', 'd']) tag(name)
    const sent = await push(['--tags'])
    expect(sent('gitlab')).toEqual([])
    expect(sent('bitbucket')).toMatchObject([{ changes: [{}, {}, {}, {}] }])
    expect([sent('gitflic').length, sent('codearts').length]).toEqual([4, 4])
  })

  it('of a moved tag is an update', async () => {
    tag('light', '--force')
    const sent = await push(['refs/tags/light'])
    expect(refsOf(sent('gitlab'))).toEqual([['refs/tags/light', C1, C2]])
    expect(sent('bitbucket')[0]).toMatchObject({ changes: [{ type: 'UPDATE' }], toCommit: { id: C2 } })
    expect(sent('gitflic')).toEqual([])
  })

  it.each([
    ['/acme/widgets.git', 'object_kind'],
    ['/scm/acme/widgets.git', 'eventKey'],
    ['/project/acme/widgets.git', 'action'],
  ])('to %s is told in the words of its vendor to a hook that has none', async (path, key) => {
    tag('new')
    const sent = await push(['refs/tags/new'], path)
    expect(sent('any')).toHaveLength(1)
    expect(Object.keys(sent('any')[0] ?? {})[0]).toBe(key)
  })

  it('with a branch is told as a push, too', async () => {
    git(clone, ['commit', '--quiet', '--allow-empty', '-m', 'Three'])
    const head = git(clone, ['rev-parse', 'HEAD']).trim()
    tag('new')
    const sent = await push(['main', 'refs/tags/new'])
    expect(sent('gitlab').map(({ object_kind }) => object_kind)).toEqual(['push', 'tag_push'])
    expect(sent('gitlab')[0]).toMatchObject({
      before: C2,
      after: head,
      ref_protected: true,
      commits: [{ id: head, title: 'Three', author: { email: 'ann@example.test' }, added: [] }],
      total_commits_count: 1,
    })
    expect(sent('bitbucket')).toMatchObject([{ changes: [{}, {}] }])
    expect(sent('codearts')).toHaveLength(1)
  })

  it('that is refused tells nobody', async () => {
    tag('x')
    const dee = urlOf('/acme/widgets.git').replace('mia:mia-token', 'dee:nope')
    await expect(gitAsync(clone, ['push', '--quiet', dee, 'refs/tags/x'])).rejects.toThrow()
    expect(receiver.received).toEqual([])
  })
})
