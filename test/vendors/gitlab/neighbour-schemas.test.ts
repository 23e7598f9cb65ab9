import type { FastifyInstance } from 'fastify'
import type { TSchema } from 'typebox'
import { Check } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import * as hooks from '../../../src/vendors/gitlab/hook-schemas.ts'
import * as rules from '../../../src/vendors/gitlab/protected-tag-schemas.ts'
import * as releases from '../../../src/vendors/gitlab/release-schemas.ts'
import { type Call, callerOf } from '../../caller.ts'

const PROJECT = '/api/v4/projects/1'

let app: FastifyInstance
let mia: Call

beforeAll(async () => {
  app = await buildApp()
  mia = callerOf(app, { 'private-token': 'mia-token' })
})
afterAll(() => app.close())

/** Whether a body fits a schema and has no key that the schema does not know. */
function fits(schema: TSchema, body: unknown): boolean {
  const { properties, items } = schema as { properties?: object; items?: TSchema }
  if (items) return Array.isArray(body) && body.length > 0 && body.every((item) => fits(items, item))
  return Check(schema, body) && Object.keys(body as object).every((key) => key in (properties ?? {}))
}

describe('answers fit the schemas that document them', () => {
  const links = [{ name: 'a', url: 'http://a' }]
  it.each<[string, string, TSchema, object?]>([
    ['POST', '/releases', releases.Release, { tag_name: 'new', ref: 'main', assets: { links } }],
    ['GET', '/releases', releases.ReleaseList],
    ['GET', '/releases/v1.0.0?include_html_description=1', releases.Release],
    ['PUT', '/releases/v1.0.0', releases.Release, { name: 'One' }],
    ['GET', '/releases/new/assets/links', releases.ReleaseLinkList],
    ['POST', '/releases/new/assets/links', releases.ReleaseLink, { name: 'b', url: 'http://b' }],
    ['POST', '/protected_tags', rules.ProtectedTag, { name: 'x' }],
    ['GET', '/protected_tags', rules.ProtectedTagList],
    ['POST', '/hooks', hooks.Hook, { url: 'http://127.0.0.1:9/' }],
    ['GET', '/hooks', hooks.HookList],
  ])('%s %s', async (method, path, schema, payload) => {
    const { body } = await mia(method, PROJECT + path, payload ? { payload } : {})
    expect(fits(schema, body)).toBe(true)
  })
})

describe('routes of collections and single resources', () => {
  it.each(['/releases', '/releases/', '/releases.json', '/protected_tags.json', '/hooks/'])(
    'take %s as a collection',
    async (path) => {
      expect((await mia('GET', PROJECT + path)).status).toBe(200)
    },
  )

  it.each([
    ['/releases', 'OPTIONS, GET, POST, HEAD'],
    ['/releases/v1.0.0', 'OPTIONS, GET, PUT, DELETE, HEAD'],
    ['/protected_tags/x', 'OPTIONS, GET, DELETE, HEAD'],
    ['/hooks/1', 'OPTIONS, GET, PUT, DELETE, HEAD'],
  ])('answer OPTIONS on %s with their methods', async (path, allow) => {
    const { status, headers } = await mia('OPTIONS', PROJECT + path)
    expect([status, headers.allow]).toEqual([204, allow])
  })
})
