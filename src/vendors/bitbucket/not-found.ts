import type { FastifyReply, FastifyRequest } from 'fastify'
import { situate } from './context.ts'
import type { FoundResource } from './resources.ts'
import { sendAnswer, sendRefusal } from './send.ts'

/** Answers what no route fits: `found` is the resource of that path when it has other methods. */
export function answerUnknown(
  request: FastifyRequest,
  reply: FastifyReply,
  found: FoundResource | undefined,
): FastifyReply {
  if (!found) return sendRefusal(request, reply, 'unknown-route', { kind: 'status-document', status: 404 })
  situate(request, found.params)
  const { feature } = found.endpoint
  if (feature && !request.bitbucket.profile[feature]) {
    return sendRefusal(request, reply, 'unknown-in-this-version', { kind: 'status-document', status: 404 })
  }
  const headers = { allow: found.allow }
  if (request.method === 'OPTIONS') return sendAnswer(request, reply, { kind: 'empty', status: 200, headers })
  return sendRefusal(request, reply, 'method-not-allowed', { kind: 'status-document', status: 405, headers })
}
