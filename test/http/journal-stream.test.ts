import { get, type IncomingMessage } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeForge, startFakeForge } from '../../src/index.ts'

const TAGS = '/api/v4/projects/1/repository/tags'

let forge: FakeForge
beforeEach(async () => {
  forge = await startFakeForge()
})
afterEach(() => forge.close())

interface Stream {
  readonly response: IncomingMessage
  /** Waits until so many events have come and gives them: their ids and operations. */
  events(count: number): Promise<[string, string][]>
  readonly ended: Promise<void>
}

function listen(query = '', headers: Record<string, string> = {}, base = ''): Promise<Stream> {
  return new Promise((resolve, reject) => {
    get(`${forge.url}${base}/__admin/requests/stream${query}`, { headers }, (response) => {
      let text = ''
      let wake = () => {}
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
        wake()
      })
      const ended = new Promise<void>((done) => response.once('close', done))
      const read = () =>
        [...text.matchAll(/^id: (\d+)\nevent: request\ndata: (.*)\n\n/gm)].map(
          ([, id = '', data = '{}']): [string, string] => [id, JSON.parse(data).operation],
        )
      const events = async (count: number) => {
        while (read().length < count) await new Promise<void>((done) => (wake = done))
        return read()
      }
      resolve({ response, events, ended })
    }).on('error', reject)
  })
}

const call = (path: string) => fetch(forge.url + path, { headers: { 'private-token': 'mia-token' } })

describe('the stream of requests', () => {
  it('tells each request as it happens, with the filters of the journal', async () => {
    const all = await listen()
    const some = await listen('?operation=gitlab.getTag')
    expect(all.response.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
    })
    await call(TAGS)
    await call(`${TAGS}/v1.0.0`)
    expect(await all.events(2)).toEqual([
      ['1', 'gitlab.listTags'],
      ['2', 'gitlab.getTag'],
    ])
    expect(await some.events(1)).toEqual([['2', 'gitlab.getTag']])
  })

  it('goes on where a reader had stopped', async () => {
    for (let i = 0; i < 3; i++) await call(TAGS)
    const again = await listen('', { 'last-event-id': '1' })
    await call(`${TAGS}/v1.0.0`)
    expect((await again.events(3)).map(([id]) => id)).toEqual(['2', '3', '4'])
    const fresh = await listen('?since=3')
    expect((await fresh.events(1)).map(([id]) => id)).toEqual(['4'])
  })

  it('ends after as many as were asked for', async () => {
    const stream = await listen('?limit=1')
    await call(TAGS)
    await stream.ended
    expect(await stream.events(1)).toHaveLength(1)
  })

  it('ends at once when none was asked for', async () => {
    const stream = await listen('?limit=0')
    await stream.ended
    expect(await stream.events(0)).toEqual([])
  })

  it('does not tell of another sandbox', async () => {
    const made = await fetch(`${forge.url}/__admin/sandboxes`, { method: 'POST' })
    const { id } = (await made.json()) as { id: string }
    const stream = await listen('', {}, `/__sandbox/${id}`)
    await call(TAGS)
    await call(`/__sandbox/${id}${TAGS}/v1.0.0`)
    expect(await stream.events(1)).toEqual([['1', 'gitlab.getTag']])
  })

  it.each([
    ['is removed', {}, (id: string) => fetch(`${forge.url}/__admin/sandboxes/${id}`, { method: 'DELETE' })],
    ['expires', { ttl: 0.2 }, () => fetch(`${forge.url}/__admin/health`)],
  ])('ends as soon as its sandbox %s', async (_how, body, end) => {
    await forge.close()
    forge = await startFakeForge({ sandboxIdle: 100 })
    const made = await fetch(`${forge.url}/__admin/sandboxes`, {
      method: 'POST',
      body: JSON.stringify(body),
    })
    const { id } = (await made.json()) as { id: string }
    const stream = await listen('', {}, `/__sandbox/${id}`)
    const other = await listen()
    const start = performance.now()
    await end(id)
    await stream.ended
    expect(performance.now() - start).toBeLessThan(8000)
    expect(stream.response.complete).toBe(true)
    await call(TAGS)
    expect(await other.events(1)).toHaveLength(1)
  })

  it('ends cleanly when the server does', async () => {
    const stream = await listen()
    const start = performance.now()
    await Promise.all([stream.ended, forge.close()])
    expect(stream.response.complete).toBe(true)
    expect(performance.now() - start).toBeLessThan(8000)
  })
})
