import type { ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { Sandbox } from '../../forge/sandbox.ts'
import type { Exchange } from '../journal/exchange.ts'
import { matchesFilter } from '../journal/filter.ts'
import type { AdminOptions } from './index.ts'
import { readRequestQuery } from './request-filter.ts'
import { journalOf } from './requests.ts'

/** Milliseconds between signs of life; proxies give up on connections that are silent for about a minute. */
const HEARTBEAT = 15_000

/** A reader that lets this much pile up (bytes) does not read. */
const MOST_UNREAD = 8 * 1024 * 1024

/**
 * `GET /requests/stream`: every request as soon as it is over, as server-sent events. With `since`, or `Last-Event-ID` from a
 * reader that comes back, those of before come first.
 *
 * https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function registerRequestStream(app: FastifyInstance, options: AdminOptions): void {
  const open = new Map<ServerResponse, Sandbox>()
  // Before the server waits for its connections to end.
  app.addHook('preClose', async () => {
    for (const stream of open.keys()) stream.end()
  })
  options.worlds.watch({
    restarted: () => {},
    ended: (sandbox) => {
      for (const [stream, about] of open) if (about === sandbox) stream.end()
    },
  })

  app.get('/requests/stream', (request, reply) => {
    const { sandbox } = request
    const journal = journalOf(request, options)
    const { filter, limit } = readRequestQuery(request.query, options)
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    raw.write(': fakeforge\n\n')
    open.set(raw, sandbox)

    let left = limit ?? Number.POSITIVE_INFINITY
    const send = (exchange: Exchange) => {
      if (!matchesFilter(exchange, filter) || left <= 0) return
      left--
      const [entry] = journal.present([exchange])
      raw.write(`id: ${exchange.number}\nevent: request\ndata: ${JSON.stringify(entry)}\n\n`)
      if (left === 0) raw.end()
      else if (raw.writableLength > MOST_UNREAD) raw.destroy()
    }
    const since = filter.since ?? lastSeen(request.headers['last-event-id'])
    if (since !== null) for (const exchange of journal.exchanges(since)) send(exchange)

    if (left <= 0) raw.end()
    const stop = journal.onRequest(send)
    const heartbeat = setInterval(() => {
      sandbox.use()
      raw.write(': still here\n\n')
    }, HEARTBEAT)
    heartbeat.unref()
    raw.once('close', () => {
      clearInterval(heartbeat)
      stop()
      open.delete(raw)
    })
  })
}

function lastSeen(header: string | string[] | undefined): number | null {
  const text = String(header ?? '')
  return /^\d{1,15}$/.test(text) ? Number(text) : null
}
