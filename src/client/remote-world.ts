import type { PostedFault, ScenarioFacts } from './fault-input.ts'
import type { Transport } from './transport.ts'
import type { ClockControl, FaultControl, ShownDelivery, WebhookControl } from './world-controls.ts'

export function remoteClock(transport: Transport): ClockControl {
  const put: (body: object) => ReturnType<ClockControl['get']> = (body) =>
    transport.call('PUT', '/clock', { body })
  return {
    get: () => transport.call('GET', '/clock'),
    set: (now) => put({ now }),
    freeze: (now) => put({ now, frozen: true }),
    resume: () => put({ frozen: false }),
    advance: (seconds) => put({ advance: seconds }),
  }
}

export function remoteFaults(transport: Transport): FaultControl {
  type Rules = { readonly faults: PostedFault[] }
  return {
    add: (rule) => transport.call('POST', '/faults', { body: rule }),
    addAll: async (rules) => (await transport.call<Rules>('POST', '/faults', { body: rules })).faults,
    list: async () => (await transport.call<Rules>('GET', '/faults')).faults,
    remove: (id) => transport.call('DELETE', `/faults/${encodeURIComponent(id)}`),
    clear: () => transport.call('DELETE', '/faults'),
    scenario: (name, input = {}) =>
      transport.call('POST', `/faults/scenarios/${encodeURIComponent(name)}`, { body: input }),
    scenarios: async () =>
      (await transport.call<{ scenarios: ScenarioFacts[] }>('GET', '/faults/scenarios')).scenarios,
  }
}

export function remoteWebhooks(transport: Transport): WebhookControl {
  const log = (query: object) =>
    transport.call<{ settled: boolean; deliveries: ShownDelivery[] }>('GET', '/webhooks', { query })
  return {
    list: async (filter = {}) => (await log(filter)).deliveries,
    settled: (options = {}) => log({ ...options, settled: true }),
    get: (id) => transport.call('GET', `/webhooks/${id}`),
    redeliver: (id) => transport.call('POST', `/webhooks/${id}/redeliver`),
    clear: () => transport.call('DELETE', '/webhooks'),
  }
}
