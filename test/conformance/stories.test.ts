import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runConformance, runStory, type StoryResult, stories } from '../../src/conformance/index.ts'
import { type VendorId, vendorIds } from '../../src/options.ts'
import { openPlaces, ways } from './places.ts'

let places: Awaited<ReturnType<typeof openPlaces>>
beforeAll(async () => {
  places = await openPlaces()
})
afterAll(() => places.close())

const stepsThat = (result: StoryResult, outcome: string) =>
  result.steps.filter((step) => step.outcome === outcome).map(({ name, reason }) => `${name}: ${reason}`)

/** All that is skipped where git has access and other vendors are in front of the same project. */
const skipped: Readonly<Record<VendorId, readonly string[]>> = {
  bitbucket: ['refuses a protected name: it has no rules for tags'],
  gitlab: ['moves a tag through its API: the API makes tags and deletes them, it moves none'],
  gitflic: [
    'finds a listed tag by searching: its list has no filter',
    'finds the light tag by searching: its list has no filter',
    'moves a tag through its API: its API moves no tags',
    'refuses names that are against its own rules: it has no rules beyond those of git',
    'deletes each by its name: its API deletes no tags',
    'lets one of many delete a tag: its API deletes no tags',
    'keeps creations and deletions apart: its API deletes no tags',
  ],
  codearts: ['moves a tag through its API: its API makes tags and deletes them, it moves none'],
}

describe.each(vendorIds)('%s', (vendor) => {
  it.each(ways)('passes all stories %s, and leaves nothing behind', async (way) => {
    const { driver, environment } = places.place(vendor, way)
    const before = await places.tagsAt(way)
    const mayLeaveTags = vendor === 'gitflic' && way === 'in process'
    const results = await runConformance(stories, driver, environment, {
      prefix: `c-${vendor}-${way.replaceAll(' ', '-')}-`,
      mayLeaveTags,
    })
    expect(results.flatMap((result) => stepsThat(result, 'fail'))).toEqual([])
    expect(results.map(({ story, outcome }) => `${story} ${outcome}`)).toEqual(
      stories.map(({ name }) => `${name} pass`),
    )
    if (mayLeaveTags) return
    expect(results.flatMap(({ left }) => left)).toEqual([])
    expect(await places.tagsAt(way)).toEqual(before)
    if (way !== 'in process')
      expect(results.flatMap((result) => stepsThat(result, 'skip'))).toEqual(skipped[vendor])
  })

  it('changes nothing in a read-only run, and says something about what is there', async () => {
    const { driver, bare, environment } = places.place(vendor, 'over HTTP')
    const { git } = environment
    const results = await runConformance(stories, driver, git ? { ...bare, git } : bare, {
      prefix: 'c-read-',
      isReadOnly: true,
    })
    expect(results.map(({ story, outcome }) => `${story} ${outcome}`)).toEqual([
      'reading pass',
      'paging pass',
      'life skip',
      'names skip',
      'races skip',
    ])
    const methods = results.flatMap(({ exchanges }) => exchanges.map(({ request }) => request.method))
    expect(new Set(methods)).toEqual(new Set(['GET']))
  })

  it('shows no credentials in what it recorded', async () => {
    const { driver, environment } = places.place(vendor, 'over HTTP')
    const seen: unknown[] = []
    const record = (exchange: unknown) => seen.push(exchange)
    const [story] = stories
    const { exchanges } = await runStory(story!, driver, { ...environment, record }, { prefix: 'c-' })
    expect(seen).toEqual(exchanges)
    expect(JSON.stringify(exchanges)).not.toMatch(/mia-(?:token|password)|bWlhOm1pYS1/)
    expect(JSON.stringify(exchanges[0]?.request.headers)).toContain('{token:writer}')
  })
})

describe('a run', () => {
  it('makes no tags that it could not take away', async () => {
    const { driver, bare } = places.place('gitflic', 'over HTTP')
    const results = await runConformance(stories, driver, bare, { prefix: 'c-' })
    const reasons = new Set(results.flatMap(({ steps }) => steps.flatMap(({ reason }) => reason ?? [])))
    expect(reasons).toContain('what it made could not be taken away: its API deletes no tags')
    const methods = results.flatMap(({ exchanges }) => exchanges.map(({ request }) => request.method))
    expect(methods).not.toContain('POST')
  })

  it('fails, and does not reject, when no server answers', async () => {
    const { driver, environment } = places.place('gitlab', 'over HTTP')
    const send = () => Promise.reject(new Error('nobody is there'))
    const results = await runConformance(stories, driver, { ...environment, send }, { prefix: 'c-' })
    expect(results[0]).toMatchObject({ story: 'reading', outcome: 'fail', exchanges: [] })
    expect(results[0]?.steps[0]).toEqual({
      name: 'lists tags',
      outcome: 'fail',
      reason: 'nobody is there',
    })
  })

  it('cleans up after a server that fails in the middle, and tells what it could not take away', async () => {
    const { driver, environment } = places.place('gitlab', 'over HTTP')
    const { git: _git, ...rest } = environment
    const paging = stories.find(({ name }) => name === 'paging')!
    let requests = 0
    const broken = {
      ...rest,
      send: (request: Parameters<typeof environment.send>[0]) => {
        requests += 1
        return requests > 5 && request.method !== 'DELETE'
          ? Promise.reject(new Error('gone'))
          : environment.send(request)
      },
    }
    const result = await runStory(paging, driver, broken, { prefix: 'c-middle-' })
    expect([result.outcome, result.left]).toEqual(['fail', []])
    expect(await places.tagsAt('over HTTP')).not.toContain('c-middle-page-0')
    requests = 0
    const worse = {
      ...broken,
      send: (request: Parameters<typeof environment.send>[0]) =>
        request.method === 'DELETE' ? Promise.reject(new Error('gone')) : environment.send(request),
    }
    const stuck = await runStory(paging, driver, worse, { prefix: 'c-stuck-' })
    expect(stuck.left).toEqual([0, 1, 2, 3, 4, 5, 6].map((i) => `c-stuck-page-${i}`))
  })
})
