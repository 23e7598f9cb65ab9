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
    /** The project that a request is about, once a vendor has found it. */
    subject: Project | null
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
  app.decorateRequest('subject', null)
  app.addHook('preHandler', (request, reply, done) => {
    const key = AnswerMemo.keyOf(request.raw)
    if (key !== undefined && request.subject && request.routeOptions.config.isKept)
      watch(key, request, reply, request.subject)
    done()
  })

  function watch(key: string, request: FastifyRequest, reply: FastifyReply, project: Project): void {
    const stamp = new Stamp(request.sandbox, request.forge, project)
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
      const line = { method: request.method, url: maskUrl(request.originalUrl), status: 200, vendor }
      memo.keep(key, new KeptAnswer({ stamp, headers, body, exchange, renew, line }), body.length)
      return result
    }) as typeof raw.end
  }
}
