import { afterEach, describe, expect, it } from 'vitest'
import type { Options } from '../../src/index.ts'
import { callerOf } from '../caller.ts'
import { BASIC, type FixtureHook, type Logged, openWorld, TAGS, type WebhookWorld } from './webhook-world.ts'

let world: WebhookWorld | undefined
afterEach(async () => {
  await world?.close()
  world = undefined
})

async function open(
  hooksFor: (url: string) => readonly FixtureHook[] = (url) => [{ url, vendor: 'gitlab' }],
  options: Partial<Options> = {},
): Promise<WebhookWorld> {
  world = await openWorld(hooksFor, options)
  return world
}

const tagNames = (w: WebhookWorld) =>
  w.receiver.received.map(({ body }) => (body as { ref: string }).ref.replace('refs/tags/', ''))
const createTag = (w: WebhookWorld, name: string, base = '') =>
  w.call('POST', `${base}${TAGS}?tag_name=${name}&ref=main`)

describe('whose dialect', () => {
  it('is that of the hook’s vendor, or of whichever vendor made the change', async () => {
    const w = await open((url) => [
      { url: `${url}/any` },
      { url: `${url}/bitbucket`, vendor: 'bitbucket' },
      { url: `${url}/gitflic`, vendor: 'gitflic' },
    ])
    await createTag(w, 'one')
    await w.call('DELETE', '/rest/git/1.0/projects/ACME/repos/widgets/tags/one', { headers: BASIC })
    const log = await w.settle()
    const told = log.map(({ request, vendor, event }) => [new URL(request.url).pathname, vendor, event])
    expect(told).toEqual([
      ['/hook/any', 'gitlab', 'Tag Push Hook'],
      ['/hook/bitbucket', 'bitbucket', 'repo:refs_changed'],
      ['/hook/gitflic', 'gitflic', 'TAG_CREATE'],
      ['/hook/any', 'bitbucket', 'repo:refs_changed'],
      ['/hook/bitbucket', 'bitbucket', 'repo:refs_changed'],
      ['/hook/gitflic', 'gitflic', 'TAG_DELETE'],
    ])
  })

  it('carries the vendor’s context path and the public address', async () => {
    const w = await open(undefined, {
      prefixes: { gitlab: '/lab' },
      publicUrl: 'https://forge.example.test/base',
    })
    await w.call('POST', `/lab${TAGS}?tag_name=new&ref=main`)
    await w.settle()
    expect(w.receiver.received[0]?.body).toMatchObject({
      project: { web_url: 'https://forge.example.test/base/lab/acme/widgets' },
    })
  })
})

describe('a delivery', () => {
  it('does not keep the client waiting', async () => {
    const w = await open()
    w.receiver.answer = () => {}
    expect((await createTag(w, 'one')).status).toBe(201)
    expect((await createTag(w, 'two')).status).toBe(201)
    const { body } = await w.admin('GET', '/__admin/webhooks?settled=true&timeout=0.05')
    expect(body).toMatchObject({ settled: false, deliveries: [{ state: 'sending' }, { state: 'waiting' }] })
  })

  it('comes in order to each hook, however long a receiver takes', async () => {
    const w = await open((url) => [
      { url, vendor: 'gitlab' },
      { url: `${url}/quick`, vendor: 'gitlab' },
    ])
    const finished: string[] = []
    w.receiver.answer = (response, { url, body }) => {
      const { ref } = body as { ref: string }
      const delay = url === '/hook/quick' ? 0 : 60 - finished.length * 20
      setTimeout(() => {
        finished.push(`${url} ${ref}`)
        response.end()
      }, delay)
    }
    const names = ['a', 'b', 'c', 'd']
    await Promise.all(names.map((name) => createTag(w, name)))
    await w.settle()
    const to = (hook: string) => finished.filter((line) => line.startsWith(`${hook} `))
    expect(to('/hook').map((line) => line.split('/').at(-1))).toEqual(
      to('/hook/quick').map((line) => line.split('/').at(-1)),
    )
    expect(finished[0]).toMatch(/^\/hook\/quick /)
  })

  it('is logged with what was sent and what came back', async () => {
    const w = await open()
    w.receiver.answer = (response) => response.writeHead(418, { 'x-pot': ['a', 'b'] }).end('short and stout')
    await createTag(w, 'one')
    const [delivery] = await w.settle()
    expect(delivery).toEqual({
      id: 1,
      webhook: 1,
      project: 'acme/widgets',
      vendor: 'gitlab',
      event: 'Tag Push Hook',
      state: 'failed',
      request: {
        method: 'POST',
        url: w.receiver.url,
        headers: expect.objectContaining({ 'X-Gitlab-Event': 'Tag Push Hook' }),
        body: w.receiver.received[0]?.text,
      },
      attempts: [
        {
          at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
          duration: expect.any(Number),
          answer: {
            status: 418,
            headers: expect.objectContaining({ 'x-pot': 'a, b' }),
            body: 'short and stout',
            truncated: false,
          },
          error: null,
        },
      ],
    })
    expect((await w.admin('GET', '/__admin/webhooks/1')).body).toEqual(delivery)
    expect((await w.admin('GET', '/__admin/webhooks/2')).status).toBe(404)
  })

  it('keeps no more than 64 KiB of an answer', async () => {
    const w = await open()
    w.receiver.answer = (response) => response.end('x'.repeat(200_000))
    await createTag(w, 'one')
    const [delivery] = await w.settle()
    expect(delivery?.attempts[0]?.answer).toMatchObject({ status: 200, truncated: true })
    expect(delivery?.attempts[0]?.answer?.body).toHaveLength(65_536)
  })

  it.each([
    ['nothing', () => {}],
    [
      'half of an answer',
      (response: import('node:http').ServerResponse) => void response.writeHead(200).write('half'),
    ],
  ])('fails when there is %s within the time', async (_what, answer) => {
    const w = await open(undefined, { webhookTimeout: 50 })
    w.receiver.answer = answer
    await createTag(w, 'one')
    expect(await w.settle()).toMatchObject([
      { state: 'failed', attempts: [{ answer: null, error: 'no answer within 50 ms' }] },
    ])
  })

  it.each([
    ['http://127.0.0.1:1/', /^connect ECONNREFUSED 127\.0\.0\.1:1$/],
    ['http://nowhere.invalid/', /ENOTFOUND|EAI_AGAIN/],
  ])('says what is wrong with %s', async (url, error) => {
    const w = await open(() => [{ url, vendor: 'gitlab' }])
    await createTag(w, 'one')
    expect(await w.settle()).toMatchObject([
      { state: 'failed', attempts: [{ answer: null, error: expect.stringMatching(error) }] },
    ])
  })

  it('survives a secret that no header can hold', async () => {
    const w = await open((url) => [
      { url, vendor: 'gitflic', secret: 'a\nb' },
      { url, vendor: 'gitflic', secret: 'ok' },
    ])
    await createTag(w, 'one')
    expect((await w.settle()).map(({ state }) => state).sort()).toEqual(['delivered', 'failed'])
  })
})

describe('retries', () => {
  const retrying = { webhookRetries: 2, webhookRetryDelay: 5 }

  it('there are none unless they are asked for', async () => {
    const w = await open()
    w.receiver.answer = (response) => response.writeHead(503).end()
    await createTag(w, 'one')
    await w.settle()
    expect(w.receiver.received).toHaveLength(1)
  })

  it.each([500, 503, 429, 408])('come after a %d, until it goes well', async (status) => {
    const w = await open(undefined, retrying)
    w.receiver.answer = (response) => response.writeHead(w.receiver.received.length < 3 ? status : 204).end()
    await createTag(w, 'one')
    const [delivery] = await w.settle()
    expect([delivery?.state, delivery?.attempts.map(({ answer }) => answer?.status)]).toEqual([
      'delivered',
      [status, status, 204],
    ])
    expect(new Set(w.receiver.received.map(({ text }) => text)).size).toBe(1)
    expect(new Set(w.receiver.received.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
  })

  it('come to an end', async () => {
    const w = await open(() => [{ url: 'http://127.0.0.1:1/', vendor: 'gitlab' }], retrying)
    await createTag(w, 'one')
    expect((await w.settle())[0]).toMatchObject({ state: 'failed', attempts: [{}, {}, {}] })
  })

  it.each([400, 404, 301])('do not come after a %d', async (status) => {
    const w = await open(undefined, retrying)
    w.receiver.answer = (response) => response.writeHead(status, { location: '/x' }).end()
    await createTag(w, 'one')
    await w.settle()
    expect(w.receiver.received).toHaveLength(1)
  })

  it('keep later deliveries of the hook waiting, and none of another', async () => {
    const w = await open(
      (url) => [
        { url, vendor: 'gitlab' },
        { url: `${url}/other`, vendor: 'gitlab' },
      ],
      retrying,
    )
    let failures = 2
    w.receiver.answer = (response, { url }) =>
      response.writeHead(url === '/hook' && failures-- > 0 ? 500 : 200).end()
    await createTag(w, 'one')
    await createTag(w, 'two')
    await w.settle()
    const order = w.receiver.received.map(({ url, body }) => [url, (body as { ref: string }).ref.slice(10)])
    expect(order.filter(([url]) => url === '/hook')).toEqual([
      ['/hook', 'one'],
      ['/hook', 'one'],
      ['/hook', 'one'],
      ['/hook', 'two'],
    ])
  })
})

describe('the log', () => {
  it('is narrowed by state, webhook and project', async () => {
    const w = await open((url) => [
      { url, vendor: 'gitlab' },
      { url: 'http://127.0.0.1:1/', vendor: 'gitlab' },
    ])
    await createTag(w, 'one')
    await w.settle()
    const ids = async (query: string) =>
      ((await w.admin('GET', `/__admin/webhooks?${query}`)).body as { deliveries: Logged[] }).deliveries.map(
        ({ id }) => id,
      )
    expect(await ids('state=delivered')).toEqual([1])
    expect(await ids('state=failed')).toEqual([2])
    expect(await ids('webhook=2')).toEqual([2])
    expect(await ids('project=acme/widgets')).toEqual([1, 2])
    expect(await ids('project=acme/none')).toEqual([])
  })

  it('keeps the last thousand', async () => {
    const w = await open((url) => [{ url, vendor: 'gitflic' }])
    for (let i = 0; i < 1010; i++) await createTag(w, `t${i}`)
    const log = await w.settle()
    expect(w.receiver.received).toHaveLength(1010)
    expect([log.length, log[0]?.id, log.at(-1)?.id]).toEqual([1000, 11, 1010])
  }, 30_000)

  it('delivers again what it holds, byte for byte', async () => {
    const w = await open((url) => [{ url, vendor: 'bitbucket', secret: 'x' }])
    await createTag(w, 'one')
    await w.settle()
    const { status, body } = await w.admin('POST', '/__admin/webhooks/1/redeliver')
    expect([status, (body as Logged).state]).toEqual([202, 'waiting'])
    const [delivery] = await w.settle()
    expect([delivery?.state, delivery?.attempts.length]).toEqual(['delivered', 2])
    const [first, second] = w.receiver.received
    expect([second?.text, second?.headers]).toEqual([first?.text, first?.headers])
    expect((await w.admin('POST', '/__admin/webhooks/9/redeliver')).status).toBe(404)
  })

  it('does not deliver again what is under way', async () => {
    const w = await open()
    w.receiver.answer = () => {}
    await createTag(w, 'one')
    await w.admin('GET', '/__admin/webhooks?settled=true&timeout=0.05')
    expect(await w.admin('POST', '/__admin/webhooks/1/redeliver')).toMatchObject({
      status: 409,
      body: { error: 'delivery-under-way' },
    })
  })

  it('is emptied, and what is in flight dropped', async () => {
    const w = await open()
    w.receiver.answer = () => {}
    await createTag(w, 'one')
    await createTag(w, 'two')
    await w.admin('GET', '/__admin/webhooks?settled=true&timeout=0.05')
    expect((await w.admin('DELETE', '/__admin/webhooks')).status).toBe(204)
    expect(await w.settle()).toEqual([])
    w.receiver.answer = (response) => response.end()
    await createTag(w, 'three')
    expect(await w.settle()).toMatchObject([{ id: 1, state: 'delivered' }])
    expect(tagNames(w)).toEqual(['one', 'three'])
  })

  it.each([
    ['settled=true&timeout=x', 'timeout must be a number of seconds, at most 600.'],
    ['timeout=601', 'timeout must be a number of seconds, at most 600.'],
    ['settled=yes', 'settled must be true or false.'],
    ['state=done', 'state must be one of waiting, sending, delivered, failed, refused.'],
    ['webhook=first', 'webhook must be the id of a webhook.'],
    ['hook=1', 'The filter hook must be one of settled, timeout, project, webhook, state.'],
  ])('refuses %s: a slip must not look as if nothing had been sent', async (query, message) => {
    const w = await open()
    expect(await w.admin('GET', `/__admin/webhooks?${query}`)).toMatchObject({
      status: 422,
      body: { error: 'invalid-query', message },
    })
  })
})

describe('worlds', () => {
  it('after a reset nothing of before is sent or seen, and ids count anew', async () => {
    const w = await open()
    w.receiver.answer = () => {}
    await createTag(w, 'one')
    await createTag(w, 'two')
    await w.admin('POST', '/__admin/reset')
    expect(await w.settle()).toEqual([])
    w.receiver.answer = (response) => response.end()
    await createTag(w, 'after')
    expect((await w.settle()).map(({ id, state }) => [id, state])).toEqual([[1, 'delivered']])
    expect(tagNames(w)).not.toContain('two')
  })

  it('each has its own log, and addresses of its own', async () => {
    const w = await open()
    const { body } = await w.admin('POST', '/__admin/sandboxes')
    const base = `/__sandbox/${(body as { id: string }).id}`
    await createTag(w, 'inside', base)
    expect(await w.settle()).toEqual([])
    const [delivery] = await w.settle(base)
    expect(JSON.parse(delivery?.request.body ?? '')).toMatchObject({
      ref: 'refs/tags/inside',
      project: { web_url: `http://forge.example.test${base}/acme/widgets` },
    })
    expect(delivery?.request.headers['X-Gitlab-Instance']).toBe(`http://forge.example.test${base}`)
    await createTag(w, 'outside')
    expect((await w.settle(base)).length).toBe(1)
    expect((await w.settle()).length).toBe(1)
  })

  it('a removed sandbox sends nothing any more', async () => {
    const w = await open()
    w.receiver.answer = () => {}
    const { body } = await w.admin('POST', '/__admin/sandboxes')
    const { id } = body as { id: string }
    await createTag(w, 'one', `/__sandbox/${id}`)
    await createTag(w, 'two', `/__sandbox/${id}`)
    await w.admin('GET', `/__sandbox/${id}/__admin/webhooks?settled=true&timeout=0.05`)
    await w.admin('DELETE', `/__admin/sandboxes/${id}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(tagNames(w)).toEqual(['one'])
  })

  it('a server that closes does not wait for receivers', async () => {
    const w = await open()
    w.receiver.answer = () => {}
    await createTag(w, 'one')
    await w.admin('GET', '/__admin/webhooks?settled=true&timeout=0.05')
    const start = performance.now()
    await w.app.close()
    expect(performance.now() - start).toBeLessThan(8000)
  })

  it('the log is for the control plane’s own callers', async () => {
    const w = await open(undefined, { adminToken: 'let-me-in' })
    expect((await w.admin('GET', '/__admin/webhooks')).status).toBe(401)
    const foreign = callerOf(w.app, { host: 'evil.example.com', authorization: 'Bearer let-me-in' })
    expect((await foreign('GET', '/__admin/webhooks')).status).toBe(403)
  })
})
