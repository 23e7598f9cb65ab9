import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Answer } from './errors.ts'
import type { RefusalName } from './evidence/refusals.ts'
import { toJson } from './json.ts'

export function send(reply: FastifyReply, { status, body, headers = {} }: Answer): FastifyReply {
  reply.code(status).headers(headers)
  return body === null ? reply.send() : reply.type('application/json').send(toJson(body))
}

/** For what is refused before anything could be thrown. */
export function sendRefusal(
  request: FastifyRequest,
  reply: FastifyReply,
  rule: RefusalName,
  answer: Answer,
): FastifyReply {
  request.rule = rule
  return send(reply, answer)
}
