import { findingKinds } from '../../findings/finding.ts'
import {
  answers,
  type ControlRoute,
  inPath,
  inQuery,
  json,
  type RouteParameter,
  type Vocabulary,
} from './control-route.ts'
import { count, list, named, object, oneOf, text } from './json-schema.ts'

const area = 'Journal'
const isOfWorld = true

/** Routes about the requests that vendors have had. */
export function journalRoutes(vocabulary: Vocabulary): readonly ControlRoute[] {
  const filter = filterOf(vocabulary)
  const refusals = { 409: ['no-journal'], 422: ['invalid-filter'] }
  return [
    {
      method: 'get',
      path: '/requests',
      id: 'listRequests',
      area,
      isOfWorld,
      summary: 'The latest 100 requests that fit, oldest first',
      parameters: filter,
      answers: answers(
        200,
        'Requests, and the number of the latest one of all.',
        object({ requests: list(named('Request')), last: count }),
      ),
      refusals,
    },
    {
      method: 'get',
      path: '/requests/{number}',
      id: 'getRequest',
      area,
      isOfWorld,
      summary: 'One request',
      parameters: [inPath('number', 'Its number', { type: 'integer', minimum: 1 })],
      answers: answers(200, 'The request with its answer.', named('Request')),
      refusals: { 404: ['request-missing'], 409: ['no-journal'] },
    },
    {
      method: 'get',
      path: '/requests/count',
      id: 'countRequests',
      area,
      isOfWorld,
      summary: 'How many requests fit',
      parameters: filter,
      answers: answers(200, 'How many.', object({ count })),
      refusals,
    },
    {
      method: 'get',
      path: '/requests/stream',
      id: 'streamRequests',
      area,
      isOfWorld,
      summary:
        'Requests as they happen, until either side ends it, `limit` is reached or the sandbox is gone',
      parameters: [
        ...filter,
        {
          name: 'last-event-id',
          in: 'header',
          description: 'As `since`, from readers that come back',
          schema: count,
        },
      ],
      answers: {
        200: {
          meaning: 'Server-sent events named `request`: ids are numbers, data is a Request as JSON.',
          content: { type: 'text/event-stream', schema: text },
        },
      },
      refusals,
    },
    {
      method: 'get',
      path: '/requests/har',
      id: 'getRequestsAsHar',
      area,
      isOfWorld,
      summary: 'The requests that fit as an HTTP archive',
      parameters: filter,
      answers: { 200: { meaning: 'HAR 1.2.', content: json(named('HttpArchive')) } },
      refusals,
    },
    {
      method: 'get',
      path: '/requests/findings',
      id: 'listFindings',
      area,
      isOfWorld,
      summary: 'What clients do wrong although their vendors let it pass, by the numbers of the requests',
      parameters: [...filter, inQuery('kind', 'Of which kind', oneOf(...findingKinds))],
      answers: answers(200, 'Findings.', object({ findings: list(named('Finding')) })),
      refusals: { 409: ['no-journal', 'not-strict'], 422: ['invalid-filter'] },
    },
    {
      method: 'delete',
      path: '/requests',
      id: 'clearRequests',
      area,
      isOfWorld,
      summary: 'Forgets all requests; counting goes on',
      answers: answers(204, 'The journal is empty.', null),
      refusals: { 409: ['no-journal'] },
    },
  ]
}

function filterOf({ vendors, operations }: Vocabulary): RouteParameter[] {
  return [
    inQuery('vendor', 'Id of a vendor', oneOf(...vendors)),
    inQuery('operation', 'Name of an operation', oneOf(...operations)),
    inQuery('method', 'Method, in any case', text),
    inQuery('path', 'Part of the path', text),
    inQuery('status', 'A status or a class of them', { ...text, pattern: '^[1-5](\\d\\d|xx)$' }),
    inQuery('user', 'Username of whomever the credential led to', text),
    inQuery('since', 'Only what came after the request with this number', count),
    inQuery('limit', 'How many at most', count),
  ]
}
