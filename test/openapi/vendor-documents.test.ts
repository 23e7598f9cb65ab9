import { Validator } from '@seriousme/openapi-schema-validator'
import type { FastifyInstance } from 'fastify'
import { afterAll, describe, expect, it } from 'vitest'
import { describedRoutes } from '../../src/http/openapi/described-routes.ts'
import type { Document } from '../../src/http/openapi/document.ts'
import { schemaAt } from '../../src/http/openapi/schema-names.ts'
import { buildApp, type Options } from '../../src/index.ts'
import { vendors } from '../../src/vendors/index.ts'
import { callerOf } from '../caller.ts'
import { DescribedApi } from './described-api.ts'

const apps: FastifyInstance[] = []
afterAll(() => Promise.all(apps.map((app) => app.close())))

async function documentOf(vendor: string, options: Partial<Options> = {}) {
  const app = await buildApp(options)
  apps.push(app)
  const { status, body } = await callerOf(app, { host: 'localhost:4747' })(
    'GET',
    `/__admin/openapi/${vendor}.json`,
  )
  expect(status).toBe(200)
  return { app, document: body as Document }
}

interface Operation {
  readonly operationId: string
  readonly parameters?: readonly { readonly name: string; readonly in: string }[]
}

function operationsOf({ paths }: Document): [string, Operation][] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [
      `${method.toUpperCase()} ${path}`,
      operation as unknown as Operation,
    ]),
  )
}

const cases = vendors.flatMap(({ id, profiles }) => profiles.map((profile) => [id, profile] as const))

describe.each(cases)('the OpenAPI document of %s as %s', (id, profile) => {
  it('is valid, and has nothing of OpenAPI 3.0', async () => {
    const { document } = await documentOf(id, { profiles: { [id]: profile } })
    const validator = new Validator()
    const { valid, errors } = await validator.validate(structuredClone(document) as Record<string, unknown>)
    expect([valid, errors, validator.version]).toEqual([true, undefined, '3.1'])
    expect(JSON.stringify(document)).not.toMatch(
      /"(?:nullable|exceptValues|emptyIsAbsent|needsOneOf|separator)":/,
    )
  })

  it('has every route but for other spellings, and no other', async () => {
    const { app, document } = await documentOf(id, { profiles: { [id]: profile } })
    const settings = { profile, quirks: new Set<string>(), prefix: '' }
    const description = await vendors.find((vendor) => vendor.id === id)?.description(settings)
    const registered = app.control.operations
      .routesOf(id)
      .filter(({ operation }) => !description?.unlisted.includes(operation.split('.')[1] ?? ''))
      .flatMap(({ methods, url }) => methods.map((method) => `${method} ${url}`))
      .map((route) => route.replace(' /rest-api/', ' /').replace(/(?<=\w)(?:\.json|\/)$/, ''))
      .map((route) => route.replace(/:\w+|\*/g, '{}'))
      .filter((route) => !/^(?:HEAD|OPTIONS) /.test(route))
    const described = operationsOf(document)
      .map(([route]) => route.replace(/\{\w+\}/g, '{}'))
      .filter((route) => !route.startsWith('HEAD '))
    expect(described.sort()).toEqual([...new Set(registered)].sort())
  })

  it('has a name of its own for each operation, and every parameter of its path', async () => {
    const { document } = await documentOf(id, { profiles: { [id]: profile } })
    const names = operationsOf(document).map(([, { operationId }]) => operationId)
    expect(new Set(names).size).toBe(names.length)
    for (const [route, { parameters = [] }] of operationsOf(document)) {
      const inPath = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)
      expect([route, inPath]).toEqual([route, [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)])
    }
  })
})

describe.each(vendors.map(({ id }) => id))('the OpenAPI document of %s', (id) => {
  it('names no two schemas that are the same, and none that no profile has', async () => {
    const vendor = vendors.find((each) => each.id === id)
    const found = new Map<string, Set<string>>()
    let names: string[] = []
    for (const profile of vendor?.profiles ?? []) {
      const { app } = await documentOf(id, { profiles: { [id]: profile } })
      const description = await vendor?.description({ profile, quirks: new Set(), prefix: '' })
      if (!description) continue
      const routes = describedRoutes(app.control.operations.routesOf(id), { prefix: '', ...description })
      names = Object.keys(description.schemas)
      const placed = Object.entries(description.schemas).flatMap(([name, place]) => {
        const schema = schemaAt(routes, place)
        return schema ? [[name, JSON.stringify(schema)] as const] : []
      })
      for (const [name, schema] of placed) found.set(name, (found.get(name) ?? new Set()).add(schema))
      expect(new Set(placed.map(([, schema]) => schema)).size).toBe(placed.length)
    }
    expect(names.filter((name) => !found.has(name))).toEqual([])
  })

  it('is about the mount and the world that are asked', async () => {
    const { app, document } = await documentOf(id, { prefixes: { [id]: '/forge' } })
    const [server] = document.servers
    expect(server).toEqual({ url: 'http://localhost:4747/forge' })
    const plain = await documentOf(id)
    expect(Object.keys(document.paths)).toEqual(Object.keys(plain.document.paths))
    const admin = callerOf(app, { host: 'localhost:4747' })
    const { id: sandbox } = (await admin('POST', '/__admin/sandboxes')).body as { id: string }
    const inside = await admin('GET', `/__sandbox/${sandbox}/__admin/openapi/${id}.json`)
    expect((inside.body as Document).servers[0]).toEqual({
      url: `http://localhost:4747/__sandbox/${sandbox}/forge`,
    })
  })
})

describe('an answer held against a document', () => {
  const answer = {
    operation: 'gitlab.listTags',
    method: 'GET',
    url: '/api/v4/projects/:id/repository/tags.json',
    status: 200,
    type: 'application/json',
    headers: { etag: 'W/"1"', 'x-request-id': 'x', 'x-runtime': '0.1', 'x-gitlab-meta': '{}' },
    sent: null,
    query: {},
  }
  const tag = { name: 'v1', message: '', target: 'x', commit: null, release: null, protected: false }

  it.each([
    ['is right', [tag], {}, []],
    ['lacks a property', [{ ...tag, target: undefined }], {}, ["/0: must have required property 'target'"]],
    ['has one too many', [{ ...tag, size: 1 }], {}, ['/0: must NOT have additional properties']],
    ['has another type', [{ ...tag, protected: 'no' }], {}, ['/0/protected: must be boolean']],
    ['lacks a header', [tag], { headers: {} }, expect.arrayContaining(['There is no ETag.'])],
    ['has another status', [tag], { status: 203 }, [expect.stringContaining('The document has no 203 of')]],
    ['is of another kind', [tag], { type: 'text/html' }, ['The document has no text/html of it.']],
    ['is a refusal', { message: '404 Tag Not Found' }, { status: 404 }, []],
  ])('%s', async (_rule, body, changes, wrong) => {
    const { document } = await documentOf('gitlab')
    const found = new DescribedApi(document).misfitsOf({
      ...answer,
      text: JSON.stringify(body),
      ...changes,
    })
    const told = found.map((each) => (Array.isArray(each) ? `${each[0]}: ${each[1]}` : each))
    expect(told).toEqual(wrong)
  })
})
