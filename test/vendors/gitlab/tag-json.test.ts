import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildApp } from '../../../src/index.ts'
import { callerOf } from '../../caller.ts'
import { NOW, project, world } from './world.ts'

const TAGS = '/api/v4/projects/1/repository/tags'
const fixture = world(
  project('acme/widgets', 1, {
    visibility: 'public',
    tags: [
      { name: 'v1', target: 'c1' },
      { name: 'v2', target: 'c2', message: 'Two & <more>\n' },
      { name: 'tree', target: 'c1^{tree}' },
    ],
  }),
)

let app: FastifyInstance
beforeAll(async () => {
  app = await buildApp({ clock: NOW, fixture })
})
afterAll(() => app.close())

type Step = readonly [method: string, url: string, payload?: object]
const step: fc.Arbitrary<Step> = fc.oneof(
  fc
    .constantFrom('v1', 'v2', 'v3')
    .map((name): Step => ['POST', TAGS, { tag_name: name, ref: 'main', message: 'Again' }]),
  fc.constantFrom('v1', 'v2', 'v3').map((name): Step => ['DELETE', `${TAGS}/${name}`]),
  fc.constantFrom('v*', 'v1').map((name): Step => ['POST', '/api/v4/projects/1/protected_tags', { name }]),
  fc.constantFrom('v*', 'v1').map((name): Step => ['DELETE', `/api/v4/projects/1/protected_tags/${name}`]),
  fc
    .constantFrom('v1', 'v2')
    .map((name): Step => ['POST', '/api/v4/projects/1/releases', { tag_name: name, description: 'Notes' }]),
  fc
    .constantFrom('v1', 'v2')
    .map((name): Step => ['PUT', `/api/v4/projects/1/releases/${name}`, { description: 'Better notes' }]),
  fc.constantFrom('v1', 'v2').map((name): Step => ['DELETE', `/api/v4/projects/1/releases/${name}`]),
  fc.constant<Step>(['POST', '/__admin/reset']),
)

it('a list is what its tags are one by one, whatever happened since it was last shown', async () => {
  const everything = ['v1', 'v2', 'v3', 'tree']
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 8 }),
      fc.constantFrom('root-token', 'sam-token', ''),
      fc.constantFrom('a.test', 'b.test'),
      async (steps, token, host) => {
        const root = callerOf(app, { 'private-token': 'root-token', host: 'localhost' })
        const viewer = callerOf(app, { host, ...(token && { 'private-token': token }) })
        await root('POST', '/__admin/reset')
        for (const [method, url, payload] of steps) {
          // The lists leave their fragments behind; one by one, tags are presented anew each time.
          await Promise.all([root('GET', TAGS), viewer('GET', TAGS)])
          await root(method, url, payload ? { payload } : {})
        }
        const { text, body } = await viewer('GET', TAGS)
        const names = (body as { name: string }[]).map((tag) => tag.name)
        const singles = await Promise.all(names.map((name) => viewer('GET', `${TAGS}/${name}`)))
        expect(text).toBe(`[${singles.map((single) => single.text).join(',')}]`)
        expect(everything).toEqual(expect.arrayContaining(names))
      },
    ),
    { numRuns: 100 },
  )
})
