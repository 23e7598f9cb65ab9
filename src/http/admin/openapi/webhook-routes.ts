import { answers, type ControlRoute, inPath, inQuery } from './control-route.ts'
import { count, flag, list, named, object, oneOf, text } from './json-schema.ts'

const area = 'Webhooks'
const isOfWorld = true
const id = inPath('id', 'Id of a delivery', { type: 'integer', minimum: 1 })

/** Routes about what webhooks were sent. */
export const webhookRoutes: readonly ControlRoute[] = [
  {
    method: 'get',
    path: '/webhooks',
    id: 'listDeliveries',
    area,
    isOfWorld,
    summary: 'The log of deliveries, oldest first',
    parameters: [
      inQuery('settled', '`true` waits until nothing is in flight', oneOf('true', 'false')),
      inQuery('timeout', 'How long, in seconds; 30 unless told', {
        type: 'number',
        minimum: 0,
        maximum: 600,
      }),
      inQuery('project', 'Path of a project', text),
      inQuery('webhook', 'Id of a webhook', count),
      inQuery('state', 'State of the delivery', named('DeliveryState')),
    ],
    answers: answers(
      200,
      'Whether nothing is in flight, and the deliveries that fit.',
      object({ settled: flag, deliveries: list(named('Delivery')) }),
    ),
    refusals: { 422: ['invalid-query'] },
  },
  {
    method: 'get',
    path: '/webhooks/{id}',
    id: 'getDelivery',
    area,
    isOfWorld,
    summary: 'One delivery',
    parameters: [id],
    answers: answers(200, 'The delivery with all attempts.', named('Delivery')),
    refusals: { 404: ['delivery-missing'] },
  },
  {
    method: 'post',
    path: '/webhooks/{id}/redeliver',
    id: 'redeliver',
    area,
    isOfWorld,
    summary: 'Sends a delivery once more, byte for byte',
    parameters: [id],
    answers: answers(202, 'It is on its way.', named('Delivery')),
    refusals: { 404: ['delivery-missing'], 409: ['delivery-under-way'] },
  },
  {
    method: 'delete',
    path: '/webhooks',
    id: 'clearDeliveries',
    area,
    isOfWorld,
    summary: 'Empties the log and drops what is in flight',
    answers: answers(204, 'The log is empty.', null),
  },
]
