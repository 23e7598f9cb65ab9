import { answers, type ControlRoute, inPath } from './control-route.ts'
import { named, object, oneOf, record, text } from './json-schema.ts'

const area = 'Server'
const isOfWorld = false
const document = { type: 'object' }

/** Routes about the server itself. */
export const serverRoutes: readonly ControlRoute[] = [
  {
    method: 'get',
    path: '/health',
    id: 'getHealth',
    area,
    isOfWorld,
    summary: 'Answers as soon as the server serves; needs no token',
    answers: answers(200, 'It serves.', object({ status: oneOf('ok') })),
  },
  {
    method: 'get',
    path: '/version',
    id: 'getVersion',
    area,
    isOfWorld,
    summary: 'The version of the server, and the version of each vendor that it imitates',
    answers: answers(
      200,
      'Versions.',
      object({ name: oneOf('fakeforge'), version: text, vendors: record(text) }),
    ),
  },
  {
    method: 'get',
    path: '/openapi.json',
    id: 'getOpenApi',
    area,
    isOfWorld,
    summary: 'This document',
    answers: answers(200, 'An OpenAPI 3.1 document.', document),
  },
  {
    method: 'get',
    path: '/openapi/admin.json',
    id: 'getOpenApiOfAdmin',
    area,
    isOfWorld,
    summary: 'This document, at an address beside which there may be those of others',
    answers: answers(200, 'An OpenAPI 3.1 document.', document),
  },
  {
    method: 'get',
    path: '/openapi/{vendor}.json',
    id: 'getOpenApiOfVendor',
    area,
    isOfWorld,
    summary: "A vendor's API as it is mounted here, described",
    parameters: [inPath('vendor', 'Id of a vendor', text)],
    answers: answers(200, 'An OpenAPI 3.1 document.', document),
    refusals: { 404: ['vendor-missing'] },
  },
  {
    method: 'get',
    path: '/coverage',
    id: 'getCoverage',
    area,
    isOfWorld,
    summary: 'What each operation can answer, and where that is known from',
    answers: answers(200, 'By vendor; git itself is the last.', named('Coverage')),
  },
]
