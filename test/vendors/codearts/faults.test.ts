import type { FastifyInstance } from 'fastify'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { answer, callerOf } from '../../caller.ts'
import { FORBIDDEN, invalid, MISSING, NOW, project, UNAUTHENTICATED, world } from './world.ts'

const V4 = '/v4/repositories/1/repository/tags'
const V2 = '/v2/repositories/1/tags'

let app: FastifyInstance
const mia = (url: string, headers = {}) =>
  callerOf(app, { 'x-auth-token': 'mia-token', ...headers })('GET', url)

beforeAll(async () => {
  app = await buildApp({ clock: NOW, fixture: world(project('acme/widgets', 1)) })
  return () => app.close()
})
beforeEach(() => app.worlds.reset())

async function failWith(status: number): Promise<void> {
  const control = callerOf(app, { host: 'localhost' })
  expect((await control('POST', '/__admin/faults', { payload: { status } })).status).toBe(201)
}

function nested(status: number, code: string, message: string): [number, unknown] {
  return [status, { error: { code, message }, status: 'failed' }]
}

describe('a status that a fault asks for', () => {
  it.each([
    [400, invalid('body', 'The request cannot be read.')],
    [401, UNAUTHENTICATED],
    [403, FORBIDDEN],
    [404, MISSING],
  ])('is told in the words that v4 has for %i', async (status, wanted) => {
    await failWith(status)
    expect(await answer(mia(V4))).toEqual(wanted)
  })

  it.each([
    [400, 'CH.010001', 'Invalid parameter value format.'],
    [401, 'CH.080401', 'You do not have the permission to access the resource.'],
    [403, 'CH.080403', 'Access denied.'],
    [404, 'CH.000404', 'Resource unavailable.'],
  ])('is told in the words that v1 and v2 have for %i', async (status, code, message) => {
    await failWith(status)
    expect(await answer(mia(V2))).toEqual(nested(status, code, message))
  })

  it('is told in Chinese to those who ask for that', async () => {
    await failWith(403)
    const { status, body } = await mia(V4, { 'x-language': 'zh-cn' })
    expect([status, body]).toEqual([403, { error_code: 'CH.00401001', error_msg: '没有访问权限' }])
  })

  it('is the system error of the gateway where no words are known', async () => {
    await failWith(409)
    const wanted = [409, { error_code: 'APIGW.9999', error_msg: 'System error' }]
    expect(await answer(mia(V4))).toEqual(wanted)
    expect(await answer(mia(V2))).toEqual(wanted)
  })
})
