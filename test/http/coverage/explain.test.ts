import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { buildApp, type FakeForge, startFakeForge } from '../../../src/index.ts'
import { callerOf } from '../../caller.ts'

const mia = { 'private-token': 'mia-token' }
const TAGS = '/api/v4/projects/1/repository/tags'
const RULE = 'x-fakeforge-rule'

let forge: FakeForge | null = null
afterEach(async () => {
  await forge?.close()
  forge = null
})

async function open(explain = true): Promise<FakeForge> {
  forge = await startFakeForge({ explain })
  return forge
}

async function ruleOf(path: string, init: RequestInit = {}): Promise<string | null> {
  const answer = await fetch(`${forge?.url}${path}`, { ...init, headers: { ...mia, ...init.headers } })
  await answer.arrayBuffer()
  return answer.headers.get(RULE)
}

describe('with explain', () => {
  it('each answer names its rule and the strongest evidence for it', async () => {
    await open()
    expect(await ruleOf(`${TAGS}/v1.0.0`)).toMatch(
      /^gitlab\.getTag\/lightweight; recording "packit\/ogr's recorded answers" \| gitlab\.getTag\/annotated; source /,
    )
    const existing = await ruleOf(`${TAGS}?tag_name=v1.0.0&ref=main`, { method: 'POST' })
    expect(existing).toBe('gitlab.createTag/ref-exists; source "lib/api/tags.rb, render_api_error! with 400"')
    expect(readFileSync('docs/control-plane.md', 'utf8')).toContain(`X-Fakeforge-Rule: ${existing}\n`)
    expect(await ruleOf(TAGS, { headers: { 'private-token': 'nobody' } })).toMatch(
      /^gitlab\.listTags\/credential-unknown; recording "/,
    )
    expect(await ruleOf('/api/v4/nothing')).toMatch(/^gitlab\/unknown-route; /)
    expect(await ruleOf('/nowhere')).toBe('fakeforge/unknown-route; inferred "no vendor is at this address"')
    expect(await ruleOf(`${TAGS}/%zz`)).toMatch(/^gitlab\/request-malformed; /)
    expect(await ruleOf('/rest/api/1.0/projects/ACME/repos/widgets/tags/nope')).toMatch(
      /^bitbucket\.getTag\//,
    )
    expect(await ruleOf('/v4/repositories/1/repository/tags')).toMatch(/^codearts\.listTags\//)
    expect(await ruleOf('/project/acme/widgets/tag')).toMatch(/^gitflic\.listTags\//)
  })

  it('it is in the journal, and in the same answer that is kept', async () => {
    const { journal } = await open()
    const first = await ruleOf(TAGS)
    expect(first).toMatch(/^gitlab\.listTags\/first-page; /)
    for (let i = 0; i < 4; i++) expect(await ruleOf(TAGS)).toBe(first)
    const entries = await journal.list()
    expect(entries.map(({ answer }) => answer.headers[RULE])).toEqual(Array(5).fill(first))
  })

  it('git is told as well', async () => {
    const { gitlab } = await open()
    const url = new URL(await gitlab.cloneUrl('acme/widgets'))
    const refs = `${url.pathname}/info/refs?service=git-upload-pack`
    expect(await ruleOf(refs, { headers: { authorization: `Basic ${btoa('mia:mia-token')}` } })).toBe(
      'git.advertiseRefs/advertised; source "git, http-backend.c"',
    )
    expect(await ruleOf(refs)).toMatch(
      /^git\.advertiseRefs\/credential-missing; documentation "git, gitprotocol-http"$/,
    )
    expect(
      await ruleOf(`${url.pathname}/info/refs`, {
        headers: { authorization: `Basic ${btoa('mia:mia-token')}` },
      }),
    ).toMatch(/^git\.advertiseRefs\/dumb-protocol; /)
  })

  it('a fault says that it is one', async () => {
    const { faults } = await open()
    await faults.addAll([
      { status: 503, times: 1 },
      { status: 502, when: 'after', times: 1 },
      { truncate: 0.5, times: 1, after: 0 },
    ])
    expect(await ruleOf(`${TAGS}/v1.0.0`)).toBe('gitlab.getTag/fault; inferred "a fault rule of this world"')
    expect(await ruleOf(`${TAGS}?tag_name=v1.0.0&ref=main`, { method: 'POST' })).toBe(
      'gitlab.createTag/fault; inferred "a fault rule of this world"',
    )
  })

  it('the control plane has no such header', async () => {
    await open()
    expect(await ruleOf('/__admin/health')).toBeNull()
  })

  it('is one line of ASCII, whatever the sources are called', async () => {
    const app = await buildApp({ explain: true })
    const call = callerOf(app, mia)
    const { headers } = await call('GET', `${TAGS}/v1.0.0`)
    expect(String(headers[RULE])).toMatch(/^[\x20-\x7e]+$/)
    await app.close()
  })
})

it('without explain there is no such header', async () => {
  await open(false)
  expect(await ruleOf(TAGS)).toBeNull()
})
