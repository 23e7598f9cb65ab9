import type { Finding } from '../http/findings/finding.ts'
import type { Entry } from '../http/journal/entry.ts'
import { ConnectionError } from './connection-error.ts'
import { eventsIn } from './event-stream.ts'
import type { Transport } from './transport.ts'
import type { FollowOptions, JournalControl } from './world-controls.ts'

interface Page {
  readonly requests: Entry[]
  readonly last: number
}

export function remoteJournal(transport: Transport): JournalControl {
  const page = (query: object) => transport.call<Page>('GET', '/requests', { query })
  return {
    list: async (filter = {}) => (await page(filter)).requests,
    get: (number) => transport.call('GET', `/requests/${number}`),
    count: async (filter = {}) =>
      (await transport.call<{ count: number }>('GET', '/requests/count', { query: filter })).count,
    last: async () => (await page({ limit: 0 })).last,
    clear: () => transport.call('DELETE', '/requests'),
    follow: (options = {}) => follow(transport, options),
    findings: async (filter = {}) =>
      (await transport.call<{ findings: Finding[] }>('GET', '/requests/findings', { query: filter }))
        .findings,
    har: (filter = {}) => transport.call('GET', '/requests/har', { query: filter }),
  }
}

async function* follow(transport: Transport, { signal, ...query }: FollowOptions): AsyncGenerator<Entry> {
  const over = new AbortController()
  const either = AbortSignal.any([over.signal, ...(signal ? [signal] : [])])
  try {
    const { body } = await transport.open('GET', '/requests/stream', { query, signal: either })
    if (body) for await (const data of eventsIn(body)) yield JSON.parse(data) as Entry
  } catch (error) {
    if (signal?.aborted) return
    if (!(error instanceof TypeError)) throw error
    // What fetch throws when a body breaks off.
    throw new ConnectionError(transport.url, 'no-connection', 'the stream of requests broke off.', error)
  } finally {
    over.abort()
  }
}
