import type { FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Call } from '../../caller.ts'
import { crowdedWorld } from './rule-worlds.ts'
import { serve } from './world.ts'

let app: FastifyInstance
let call: Call

beforeAll(async () => {
  ;[app, call] = await serve(crowdedWorld)
})

afterEach(() => app.worlds.reset())

afterAll(() => app.close())

describe('a fault with a status', () => {
  it.each([
    [400, { title: 'error.bad.request', status: 400 }],
    [403, { title: 'error.access.denied', status: 403 }],
    [404, { title: 'error.not.found', status: 404 }],
    [405, { title: 'error.method.not.allowed', status: 405 }],
    [413, { title: 'error.payload.too.large', status: 413 }],
    [415, { title: 'error.media.type.not.supported', status: 415 }],
    [422, { title: 'error.validation', status: 422, errors: [] }],
    [429, { title: 'error.too.many.requests', status: 429 }],
    [500, { title: 'error.internal', status: 500 }],
    [418, { title: 'error.http.418', status: 418 }],
  ])('is told of %i in the words that GitFlic has for it', async (status, body) => {
    const payload = { status, times: 1 }
    const { status: taken } = await call('POST', '/__admin/faults', {
      headers: { host: 'localhost' },
      payload,
    })
    expect(taken).toBe(201)
    const reply = await call('GET', '/user/me')
    expect([reply.status, reply.body]).toEqual([status, body])
    expect(reply.headers).toMatchObject({ 'content-type': 'application/json', 'x-frame-options': 'DENY' })
  })
})
