import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeForge, startFakeForge } from '../../src/index.ts'
import { git, gitAsync, temporaryFolder } from '../git-binary.ts'
import { Receiver } from './receiver.ts'

const MOVED = 'pr:from_ref_updated'
const commit = (label: string, branch: string, parents?: string[]) => ({
  label,
  branch,
  message: `Commit ${label}\n`,
  author: 'mia',
  date: '2024-02-01T10:00:00+02:00',
  files: { [`${label}.txt`]: `${label}\n` },
  ...(parents && { parents }),
})
const commits = [commit('base', 'main'), commit('side', 'side', ['base']), commit('next', 'main', ['base'])]
const one = { title: 'One', source: 'side', author: 'mia' }

let receiver: Receiver
let forge: FakeForge
let folder: { readonly path: string; remove(): void }
beforeEach(async () => {
  receiver = await Receiver.open()
  folder = temporaryFolder()
  const hook = (name: string, events?: string[]) => ({
    url: `${receiver.url}/${name}`,
    secret: 's3cret',
    ...(events && { events }),
    vendor: 'bitbucket',
  })
  forge = await startFakeForge({
    clock: '2024-06-01T12:00:00Z',
    fixture: {
      users: [{ username: 'mia', name: 'Mia', email: 'mia@example.test', tokens: ['mia-token'] }],
      owners: [{ alias: 'acme', members: { mia: 'owner' } }],
      projects: [
        {
          path: 'acme/widgets',
          commits,
          pullRequests: [one, { title: 'Two', source: 'side', state: 'declined' }],
          webhooks: [hook('both', ['repo:refs_changed', MOVED]), hook('refs')],
        },
        {
          path: 'acme/upstream',
          commits: [commits[0], commits[2]],
          pullRequests: [{ ...one, sourceProject: 'acme/widgets', target: 'main' }],
          webhooks: [hook('upstream', [MOVED])],
        },
      ],
    },
  })
  await gitAsync(folder.path, ['clone', '--quiet', '--no-single-branch', urlOf('/scm/acme/widgets.git'), 'c'])
})
afterEach(async () => {
  await forge.close()
  await receiver.close()
  folder.remove()
})

const urlOf = (path: string) => `${forge.url.replace('//', '//mia:mia-token@')}${path}`
const run = (...args: string[]) => git(`${folder.path}/c`, args)

async function call(method: string, path: string, body?: object) {
  const reply = await fetch(`${forge.url}/rest${path}`, {
    method,
    headers: { authorization: 'Bearer mia-token', 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> }
}

/** What each hook was sent since the last time, in its order. */
async function sent(): Promise<Record<string, Record<string, unknown>[]>> {
  const log = await fetch(`${forge.url}/__admin/webhooks?settled=true`)
  expect(await log.json()).toMatchObject({ settled: true })
  const bodies: Record<string, Record<string, unknown>[]> = {}
  for (const { url, body } of receiver.received.splice(0)) {
    const name = url.replace('/hook/', '')
    bodies[name] = [...(bodies[name] ?? []), body as Record<string, unknown>]
  }
  return bodies
}

const events = (bodies: Record<string, Record<string, unknown>[]>) =>
  Object.fromEntries(Object.entries(bodies).map(([hook, list]) => [hook, list.map((body) => body.eventKey)]))

async function pushSide(...args: string[]): Promise<string> {
  run('checkout', '--quiet', '-B', 'side', 'origin/side')
  run(
    '-c',
    'user.name=Mia',
    '-c',
    'user.email=mia@example.test',
    'commit',
    '--quiet',
    '--allow-empty',
    '-m',
    'More',
  )
  await gitAsync(`${folder.path}/c`, ['push', '--quiet', urlOf('/scm/acme/widgets.git'), 'side', ...args])
  return run('rev-parse', 'side').trim()
}

describe('pr:from_ref_updated', () => {
  it('tells of a push to the source branch, after the push itself, with the pull request as it is then', async () => {
    const before = run('rev-parse', 'origin/side').trim()
    const after = await pushSide()
    const bodies = await sent()
    expect(events(bodies)).toEqual({
      both: ['repo:refs_changed', MOVED],
      refs: ['repo:refs_changed'],
      upstream: [MOVED],
    })
    const { body: pullRequest } = await call('GET', '/api/1.0/projects/ACME/repos/widgets/pull-requests/1')
    expect(pullRequest).toMatchObject({ version: 0, fromRef: { latestCommit: after } })
    expect(bodies.both?.[1]).toEqual({
      eventKey: MOVED,
      date: '2024-06-01T12:00:00+0000',
      actor: expect.objectContaining({ name: 'mia' }),
      pullRequest,
      previousFromHash: before,
    })
  })

  it('tells of a rebase', async () => {
    const place = '/git/1.0/projects/ACME/repos/widgets/pull-requests/1/rebase'
    const { status, body } = await call('POST', place, { version: 0 })
    const { fromHash, toHash } = body.refChange as { fromHash: string; toHash: string }
    expect(status).toBe(200)
    const { both = [] } = await sent()
    expect(both.map(({ eventKey }) => eventKey)).toEqual(['repo:refs_changed', MOVED])
    expect(both[1]).toMatchObject({
      previousFromHash: fromHash,
      pullRequest: { id: 1, version: 0, updatedDate: 1717243200000, fromRef: { latestCommit: toHash } },
    })
  })

  it('tells the project of the pull request, not that of the branch', async () => {
    const after = await pushSide()
    const { upstream = [] } = await sent()
    expect(upstream).toEqual([
      expect.objectContaining({
        pullRequest: expect.objectContaining({
          fromRef: expect.objectContaining({
            latestCommit: after,
            repository: expect.objectContaining({ slug: 'widgets' }),
          }),
          toRef: expect.objectContaining({ repository: expect.objectContaining({ slug: 'upstream' }) }),
        }),
      }),
    ])
  })

  it('is signed, and carries its name and the id of the delivery', async () => {
    await pushSide()
    await fetch(`${forge.url}/__admin/webhooks?settled=true`)
    const told = receiver.received.filter(({ headers }) => headers['x-event-key'] === MOVED)
    expect(told).toHaveLength(2)
    for (const { headers } of told) {
      expect(headers['x-hub-signature']).toMatch(/^sha256=[0-9a-f]{64}$/)
      expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    }
  })

  it('is not sent for a tag, another branch, a branch that goes, or a pull request that is closed', async () => {
    const scm = urlOf('/scm/acme/widgets.git')
    run('tag', 'side-tag', 'origin/side')
    await gitAsync(`${folder.path}/c`, ['push', '--quiet', scm, 'side-tag', 'origin/side:refs/heads/other'])
    await gitAsync(`${folder.path}/c`, ['push', '--quiet', scm, ':side'])
    expect(events(await sent())).toEqual({
      both: ['repo:refs_changed', 'repo:refs_changed'],
      refs: ['repo:refs_changed', 'repo:refs_changed'],
    })
    await gitAsync(`${folder.path}/c`, ['push', '--quiet', scm, 'origin/side:refs/heads/side'])
    const version = { version: 0 }
    for (const repo of ['widgets', 'upstream'])
      await call('POST', `/api/1.0/projects/ACME/repos/${repo}/pull-requests/1/decline?version=0`, version)
    await pushSide()
    expect(events(await sent()).both).toEqual(['repo:refs_changed', 'repo:refs_changed'])
  })
})
