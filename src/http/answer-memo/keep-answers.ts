import type { OutgoingHttpHeaders } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Project } from '../../forge/project.ts'
import type { Journals } from '../journal/journals.ts'
import { maskUrl } from '../request-log.ts'
import { AnswerMemo } from './answer-memo.ts'
import { KeptAnswer, type Renew } from './kept-answer.ts'
import { Stamp } from './stamp.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether an answer depends on nothing but the request, its project and whom it is for: see AnswerMemo. */
    isKept?: boolean
  }
  interface FastifyRequest {
    /** What the answer will depend on, when it is one that may be kept. */
    stamp: Stamp | null
  }
}

export interface KeepOptions {
  readonly memo: AnswerMemo
  readonly journals: Journals
  /** The id of whose answers these are. */
  readonly vendor: string
  readonly renew: Renew | undefined
}

/** Has the answers of an application kept that are asked for more than once. To be called after the journal's hooks. */
export function keepAnswers(app: FastifyInstance, { memo, journals, vendor, renew }: KeepOptions): void {
  app.decorateRequest('stamp', null)
  app.addHook('onSend', (request, reply, _payload, done) => {
    const { stamp } = request
    const key = AnswerMemo.keyOf(request.raw)
    if (stamp && key !== undefined && request.routeOptions.config.isKept) watch(key, stamp, request, reply)
    done()
  })

  function watch(key: string, stamp: Stamp, request: FastifyRequest, reply: FastifyReply): void {
    const { raw } = reply
    const end = raw.end as (...given: unknown[]) => typeof raw
    raw.end = ((...given: unknown[]) => {
      const journal = journals.of(request.sandbox)
      const before = journal?.last
      const result = end.apply(raw, given)
      const [body] = given
      const isWhole = typeof body === 'string' || Buffer.isBuffer(body)
      // A request that has a fault rule is not in order; nor is one whose journal has begun anew.
      const isWritten = !journal || journal.last === (before ?? 0) + 1
      if (reply.statusCode !== 200 || !isWhole || !isWritten) return result
      const exchange = journal?.exchange(journal.last) ?? null
      if (exchange !== null && exchange.fault !== null) return result
      const headers = reply.getHeaders() as OutgoingHttpHeaders
      const line = {
        method: request.method,
        url: maskUrl(request.originalUrl),
        status: 200,
        duration: 0,
        vendor,
      }
      memo.keep(key, new KeptAnswer({ stamp, headers, body, exchange, renew, line }), body.length)
      return result
    }) as typeof raw.end
  }
}

/**
 * For vendors, as soon as they know which project a request is about, and before they look at anything of it that can change:
 * what the answer depends on is noted then.
 */
export function noteSubject(request: FastifyRequest, project: Project): void {
  if (AnswerMemo.keyOf(request.raw) === undefined || !project.hasRepository) return
  request.stamp = new Stamp(request.sandbox, request.forge, project)
}
