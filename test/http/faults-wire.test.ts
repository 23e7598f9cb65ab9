import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { drawLatencies, type Latency } from '../../src/http/faults/latency.ts'
import { type FakeForge, startFakeForge } from '../../src/index.ts'

const TAGS = '/api/v4/projects/1/repository/tags'

let forge: FakeForge
beforeEach(async () => {
  forge = await startFakeForge()
})
afterEach(() => forge.close())

async function post(rule: object): Promise<void> {
  const { statusCode } = await forge.app.inject({
    method: 'POST',
    url: '/__admin/faults',
    headers: { host: 'localhost' },
    payload: rule,
  })
  expect(statusCode).toBe(201)
}

const get = (signal?: AbortSignal) =>
  fetch(forge.url + TAGS, { headers: { 'private-token': 'mia-token' }, ...(signal && { signal }) })

async function whole(): Promise<string> {
  return (await get()).text()
}

async function failureOf(action: Promise<unknown>): Promise<string> {
  const error = await action.then(
    () => null,
    (reason: Error & { cause?: { code?: string } }) => reason,
  )
  return error?.cause?.code ?? error?.name ?? 'none'
}

async function journal(): Promise<Record<string, unknown>[]> {
  const { body } = await forge.app.inject({ url: '/__admin/requests', headers: { host: 'localhost' } })
  return JSON.parse(body).requests
}

describe('latency', () => {
  it('holds the request back, and adds up with other effects', async () => {
    await post({ latency: 60, times: 1 })
    await post({ latency: 60, status: 503, times: 1 })
    const start = performance.now()
    expect((await get()).status).toBe(503)
    expect(performance.now() - start).toBeGreaterThanOrEqual(118)
    expect((await get()).status).toBe(200)
    expect((await journal())[0]).toMatchObject({ fault: '1,2' })
  })

  it('does not keep a server from closing', async () => {
    await post({ latency: 60_000 })
    const failure = failureOf(get())
    await new Promise((done) => setTimeout(done, 50))
    const start = performance.now()
    await forge.close()
    expect(await failure).not.toBe('none')
    expect(performance.now() - start).toBeLessThan(8000)
  })

  it.each<[Latency, number, number]>([
    [{ distribution: 'fixed', value: 5 }, 5, 0],
    [{ distribution: 'uniform', min: 10, max: 20, seed: 7 }, 15, 2.887],
    [{ distribution: 'normal', mean: 100, deviation: 10, seed: 7 }, 100, 10],
    [{ distribution: 'exponential', mean: 50, seed: 7 }, 50, 50],
  ])('is drawn from %o, the same from the same seed', (latency, mean, deviation) => {
    const draw = (from: Latency) => {
      const next = drawLatencies(from)
      return Array.from({ length: 20_000 }, next)
    }
    const values = draw(latency)
    expect(draw(latency)).toEqual(values)
    if ('seed' in latency) expect(draw({ ...latency, seed: 8 })).not.toEqual(values)
    const average = values.reduce((sum, value) => sum + value, 0) / values.length
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - average) ** 2, 0) / values.length)
    expect(Math.abs(average - mean)).toBeLessThanOrEqual(mean * 0.03)
    expect(Math.abs(spread - deviation)).toBeLessThanOrEqual(deviation * 0.05)
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0)
  })
})

describe('on the wire', () => {
  it('a reset ends the connection without an answer', async () => {
    await post({ reset: true, times: 1 })
    expect(await failureOf(get())).toBe('ECONNRESET')
    expect((await get()).status).toBe(200)
    expect(await journal()).toMatchObject([
      { number: 1, status: null, cutOff: true, fault: '1' },
      { number: 2, status: 200 },
    ])
  })

  it('a reset after the fact leaves what was done', async () => {
    await post({ operation: 'gitlab.createTag', reset: true, when: 'after', times: 1 })
    const create = () =>
      fetch(`${forge.url + TAGS}?tag_name=v9&ref=main`, {
        method: 'POST',
        headers: { 'private-token': 'mia-token' },
      })
    expect(await failureOf(create())).toBe('ECONNRESET')
    expect((await create()).status).toBe(400)
  })

  it('a truncated answer promises more than it gives', async () => {
    const body = await whole()
    await post({ truncate: 0.25, times: 1 })
    const response = await get()
    expect(response.status).toBe(200)
    expect(response.headers.get('content-length')).toBe(String(Buffer.byteLength(body)))
    expect(await failureOf(response.text())).toBe('UND_ERR_SOCKET')
    expect((await journal()).at(-1)).toMatchObject({
      status: 200,
      cutOff: true,
      answer: { body: { size: Math.floor(Buffer.byteLength(body) / 4) } },
    })
  })

  it('malformed JSON is whole as far as HTTP goes', async () => {
    const body = await whole()
    await post({ malformed: true, times: 1 })
    const response = await get()
    const text = await response.text()
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json'])
    expect(text).toBe(`${body.slice(0, -1)},`)
    expect(() => JSON.parse(text)).toThrow()
  })

  it('a drip comes in drops', async () => {
    const body = await whole()
    await post({ drip: { bytes: Math.ceil(body.length / 5), interval: 20 }, times: 1 })
    const start = performance.now()
    expect(await whole()).toBe(body)
    expect(performance.now() - start).toBeGreaterThanOrEqual(95)
  })

  it('an endless drip does not end by itself, nor does it change the JSON', async () => {
    const body = await whole()
    await post({ drip: { bytes: 4096, interval: 5, endless: true } })
    const abort = new AbortController()
    const response = await get(abort.signal)
    expect(response.headers.get('content-length')).toBeNull()
    let text = ''
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    while (text.length < body.length + 20_000) text += (await reader.read()).value ?? ''
    abort.abort()
    expect(JSON.parse(text)).toEqual(JSON.parse(body))
  })

  it('an endless drip ends with the server', async () => {
    await post({ drip: { endless: true, interval: 5 } })
    const failure = failureOf((await get()).text())
    const start = performance.now()
    await forge.close()
    expect(await failure).not.toBe('none')
    expect(performance.now() - start).toBeLessThan(8000)
  })
})

describe('git', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'faults-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  }

  async function clone(name: string): Promise<{ status: number | null; stderr: string }> {
    const url = `${forge.url.replace('//', '//dee:dee-password@')}/scm/acme/widgets.git`
    // Not synchronously: the server lives in this process.
    const { spawn } = await import('node:child_process')
    return new Promise((resolve) => {
      const child = spawn('git', ['clone', '--quiet', url, join(folder, name)], { env })
      let stderr = ''
      child.stderr.on('data', (chunk) => {
        stderr += chunk
      })
      child.once('close', (status) => resolve({ status, stderr }))
    })
  }

  it('notices a packfile that was cut short, and gets over it', async () => {
    await post({ cutPack: true, times: 1 })
    const { status, stderr } = await clone('a')
    expect(status).toBe(128)
    expect(stderr).toMatch(/early EOF|unexpected|hung up|index-pack failed|bad line length|disconnect/)
    expect((await clone('b')).status).toBe(0)
    expect(execFileSync('git', ['fsck', '--strict'], { cwd: join(folder, 'b'), env }).toString()).toBe('')
    expect(spawnSync('git', ['tag'], { cwd: join(folder, 'b'), env }).stdout.toString()).toContain('v1.0.0')
  })

  it('is told of statuses, and of ends of connections', async () => {
    await post({ operation: 'git.advertiseRefs', status: 503, times: 1 })
    expect((await clone('c')).stderr).toMatch(/error: 503/)
    await post({ operation: 'git.uploadPack', truncate: true, times: 1 })
    expect((await clone('d')).status).toBe(128)
    expect((await clone('e')).status).toBe(0)
  })
})
