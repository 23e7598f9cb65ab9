import type { FastifyInstance } from 'fastify'
import { noteRefusal } from '../../http/journal/refusal.ts'
import { rawPath } from '../../http/origin.ts'
import { keepRawBodies } from '../../http/raw-body.ts'
import { type Answer, answerTo, frameworkRule, MALFORMED, UNKNOWN_ROUTE } from './errors.ts'
import { compileGrape } from './grape.ts'
import { addHeaders } from './headers.ts'
import { toJson } from './json.ts'
import { send, sendRefusal } from './send.ts'

/** Bodies, errors, headers and JSON as GitLab has them, for everything below. */
export function speakGitLab(app: FastifyInstance): void {
  keepRawBodies(app)
  addHeaders(app)
  app.setValidatorCompiler(compileGrape)
  app.setSerializerCompiler(() => toJson)
  app.setReplySerializer(toJson)
  app.addHook('onRequest', (request, reply, done) => {
    if (rawPath(request).includes('%00')) sendRefusal(request, reply, 'request-malformed', MALFORMED)
    else done()
  })
  app.setErrorHandler((error: Error, request, reply) => {
    const answer = answerTo(error)
    if (answer.status >= 500) request.log.error(error)
    noteRefusal(request, error, textOf(answer), frameworkRule(error))
    return send(reply, answer)
  })
  app.setNotFoundHandler((request, reply) => sendRefusal(request, reply, 'unknown-route', UNKNOWN_ROUTE))
}

/** What an answer says, without its wrapping. */
function textOf({ body }: Answer): string {
  return typeof body === 'string' ? body : Object.values(body).flat().join(': ')
}
