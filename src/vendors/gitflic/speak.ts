import type { FastifyInstance } from 'fastify'
import { noteRefusal } from '../../http/journal/refusal.ts'
import { rawPath } from '../../http/origin.ts'
import { keepRawBodies } from '../../http/raw-body.ts'
import { type Answer, answerWith, frameworkRule, methodNotAllowed, NOT_FOUND } from './errors.ts'
import { addHeaders } from './headers.ts'
import { toJson } from './json.ts'
import type { Quirks } from './quirks.ts'
import type { RouteTable } from './route-table.ts'
import { send, sendRefusal } from './send.ts'
import { compileSpring } from './validation.ts'

/** Bodies, errors, headers and JSON as GitFlic has them, for everything below. */
export function speakGitFlic(app: FastifyInstance, switches: Quirks): void {
  const answerTo = answerWith(switches)
  keepRawBodies(app)
  addHeaders(app)
  app.setValidatorCompiler(compileSpring)
  app.setSerializerCompiler(() => toJson)
  app.setReplySerializer(toJson)
  app.setErrorHandler((error: Error, request, reply) => {
    const answer = answerTo(error)
    if (answer.status >= 500) request.log.error(error)
    noteRefusal(request, error, textOf(answer), frameworkRule(error))
    return send(reply, answer)
  })
}

/** 404, 405 for a method that a path does not have, and OPTIONS, which every path has. */
export function answerUnknownRoutes(root: FastifyInstance, table: RouteTable): void {
  root.setNotFoundHandler((request, reply) => {
    const methods = table.methodsOf(rawPath(request))
    if (methods.length === 0) return sendRefusal(request, reply, 'unknown-route', NOT_FOUND)
    if (request.method !== 'OPTIONS')
      return sendRefusal(request, reply, 'method-not-allowed', methodNotAllowed(methods.join(', ')))
    const more = methods.includes('GET') ? ['HEAD', 'OPTIONS'] : ['OPTIONS']
    return reply
      .code(200)
      .header('allow', [...methods, ...more].join(', '))
      .send('')
  })
}

/** What an answer says, without its wrapping. */
function textOf({ status, body }: Answer): string {
  if (body === null) return `It was refused with ${status} before it got to the application.`
  const fields = (body.errors ?? []).map(({ field, title }) => `${field}: ${title}`)
  return [body.title, ...fields].join(', ')
}
