import { answers, type ControlRoute, inPath } from './control-route.ts'
import { list, named, number, object, text } from './json-schema.ts'

const area = 'Sandboxes'
const isOfWorld = false
const id = inPath('id', 'Id of a sandbox', text)

/** Routes about the isolated worlds beside the server's own. */
export const sandboxRoutes: readonly ControlRoute[] = [
  {
    method: 'post',
    path: '/sandboxes',
    id: 'createSandbox',
    area,
    isOfWorld,
    summary: 'Makes an isolated world: from the initial one, a fixture or a snapshot',
    body: {
      description: '`ttl` in seconds',
      isRequired: false,
      schema: object(
        {},
        { fixture: named('Fixture'), snapshot: text, ttl: { ...number, exclusiveMinimum: 0 } },
      ),
    },
    answers: answers(201, 'Its addresses.', named('Sandbox')),
    refusals: {
      404: ['snapshot-missing'],
      409: ['too-many-sandboxes'],
      422: ['invalid-body', 'invalid-fixture'],
    },
  },
  {
    method: 'get',
    path: '/sandboxes',
    id: 'listSandboxes',
    area,
    isOfWorld,
    summary: 'All sandboxes, oldest first',
    answers: answers(200, 'Those that have not ended.', object({ sandboxes: list(named('Sandbox')) })),
  },
  {
    method: 'get',
    path: '/sandboxes/{id}',
    id: 'getSandbox',
    area,
    isOfWorld,
    summary: 'One sandbox with its addresses',
    parameters: [id],
    answers: answers(200, 'Its addresses.', named('Sandbox')),
    refusals: { 404: ['sandbox-missing'] },
  },
  {
    method: 'delete',
    path: '/sandboxes/{id}',
    id: 'deleteSandbox',
    area,
    isOfWorld,
    summary: 'Removes a sandbox with everything in it',
    parameters: [id],
    answers: answers(204, 'It is gone.', null),
    refusals: { 404: ['sandbox-missing'] },
  },
]
