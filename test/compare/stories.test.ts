import { afterEach, beforeEach, expect, it } from 'vitest'
import { toReport } from '../../src/compare/report.ts'
import { compareStories } from '../../src/compare/run.ts'
import { type FakeForge, startFakeForge } from '../../src/index.ts'
import type { VendorId } from '../../src/options.ts'
import { type Guard, openGate } from './gate.ts'

let live: FakeForge
beforeEach(async () => {
  live = await startFakeForge({ journalSize: 10_000 })
})
afterEach(() => live.close())

const projects: Readonly<Record<VendorId, string>> = {
  gitlab: 'acme/widgets',
  bitbucket: 'ACME/widgets',
  gitflic: 'acme/widgets',
  codearts: '1',
}

interface Wishes {
  readonly vendor?: VendorId
  readonly write?: boolean
  readonly url?: string
  readonly token?: string
  readonly stop?: AbortSignal
}

const said: string[] = []

async function run({ vendor = 'gitlab', write = false, url = live.url, token = 'mia-token', stop }: Wishes) {
  said.length = 0
  const project = projects[vendor]
  const wishes = {
    options: {},
    live: { url, token },
    vendor,
    project,
    fakeProject: project,
    write,
    timeout: 20_000,
  }
  const say = (sentence: string) => said.push(sentence)
  const { reports } = await compareStories({ ...wishes, say }, stop ?? new AbortController().signal)
  return toReport({ reports, expired: [], unused: [] })
}

async function tagsOfLive(): Promise<string[]> {
  const headers = { 'private-token': 'mia-token' }
  const answer = await fetch(`${live.gitlab.url}/projects/1/repository/tags?per_page=100`, { headers })
  return ((await answer.json()) as { name: string }[]).map(({ name }) => name)
}

/** A gate that is open while `act` runs. */
async function behind<T>(guard: Guard, act: (url: string) => Promise<T>): Promise<T> {
  const gate = await openGate(live.url, guard)
  try {
    return await act(gate.url)
  } finally {
    gate.close()
  }
}

it.each(['gitlab', 'bitbucket', 'gitflic', 'codearts'] as const)(
  'only reads from %s unless told otherwise',
  async (vendor) => {
    const { verdict, counts } = await run({ vendor })
    expect([verdict, counts.drifts]).toEqual(['same', 0])
    expect(counts.exchanges).toBeGreaterThan(12)
    expect(counts.skipped).toBeGreaterThan(10)
    const methods = new Set((await live.journal.list({ limit: 10_000 })).map(({ method }) => method))
    expect([...methods]).toEqual(['GET'])
  },
)

it.each(['gitlab', 'bitbucket', 'codearts'] as const)(
  'may make tags at %s, and takes all of them away',
  async (vendor) => {
    const before = await tagsOfLive()
    const { verdict, counts } = await run({ vendor, write: true })
    expect([verdict, counts.drifts]).toEqual(['same', 0])
    expect(await live.journal.count({ method: 'POST' })).toBeGreaterThan(20)
    expect(await tagsOfLive()).toEqual(before)
    expect(said).toEqual([
      expect.stringMatching(/^tags of this run are called fakeforge-compare-[0-9a-f]{8}-…$/),
    ])
  },
)

it('takes them away where deleting fails at first', async () => {
  const before = await tagsOfLive()
  const failed = new Map<string, number>()
  const guard: Guard = ({ method, url = '' }, response) => {
    const times = failed.get(url) ?? 0
    if (method !== 'DELETE' || times >= 2) return 'pass'
    failed.set(url, times + 1)
    if (times === 0) response.destroy()
    else response.writeHead(503).end()
    return 'stop'
  }
  const { verdict } = await behind(guard, (url) => run({ write: true, url }))
  expect(verdict).toBe('drift')
  expect(failed.size).toBeGreaterThan(5)
  expect(await tagsOfLive()).toEqual(before)
})

it('names the tags that it cannot take away', async () => {
  const before = await tagsOfLive()
  let made = 0
  // All but a few fail, so that giving up does not take long.
  const guard: Guard = ({ method }, response) => {
    const isMany = method === 'POST' && made++ > 2
    if (method !== 'DELETE' && !isMany) return 'pass'
    response.writeHead(403, { 'content-type': 'application/json' }).end('{"message":"403 Forbidden"}')
    return 'stop'
  }
  const failure = await behind(guard, (url) =>
    run({ write: true, url }).catch((error: Error) => error.message),
  )
  const left = (await tagsOfLive()).filter((name) => !before.includes(name))
  expect(left).toHaveLength(3)
  for (const name of left) expect(failure).toContain(name)
  expect(failure).toMatch(/ still has tags that this run made: .* Delete them by hand\.$/)
})

it('makes no more when it is stopped, and takes away what is there', async () => {
  const before = await tagsOfLive()
  const over = new AbortController()
  let made = 0
  const guard: Guard = ({ method }) => {
    if (method === 'POST' && ++made === 7) over.abort(new Error('stopped'))
    return 'pass'
  }
  const failure = behind(guard, (url) => run({ write: true, url, stop: over.signal }))
  await expect(failure).rejects.toThrow('stopped')
  expect(made).toBe(7)
  expect(await tagsOfLive()).toEqual(before)
})

it('cannot compare with nobody, nor with a server that lets it not in', async () => {
  await expect(run({ url: 'http://127.0.0.1:1' })).rejects.toThrow(
    /^http:\/\/127.0.0.1:1 does not answer \(GET \/api\/v4\/.*ECONNREFUSED/,
  )
  await expect(run({ token: 'wrong' })).rejects.toThrow(
    `${live.url} answers nothing but 401: look at the token, and the project.`,
  )
})

it('tells by the story who drifted', async () => {
  const guard: Guard = ({ url = '' }, response) => {
    if (!url.includes('/tags/')) return 'pass'
    response.writeHead(500, { 'content-type': 'application/json' }).end('{"message":"500"}')
    return 'stop'
  }
  const { sessions } = await behind(guard, (url) => run({ url }))
  const drifts = sessions.flatMap(({ exchanges }) => exchanges.flatMap((exchange) => exchange.drifts))
  expect(drifts.filter(({ drifted }) => drifted !== 'live')).toEqual([])
  expect(drifts.find(({ pointer }) => pointer === '')).toMatchObject({
    exchange: 'reading, finds listed tags by their names',
    said: { document: 'a look-up succeeds: 200', fake: 'pass' },
  })
})
