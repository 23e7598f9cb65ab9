import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { noteRefusal } from '../../http/journal/refusal.ts'
import { keepRawBodies } from '../../http/raw-body.ts'
import type { VendorSettings } from '../vendor.ts'
import { hasEncodedSeparator } from './address.ts'
import type { Answer } from './answers.ts'
import { addContext, placeOf } from './context.ts'
import { answerTo } from './errors.ts'
import type { RefusalName } from './evidence/refusals.ts'
import { addHeaders } from './headers.ts'
import { answerUnknown } from './not-found.ts'
import { collectResources } from './resources.ts'
import { sendAnswer, sendContainerPage } from './send.ts'
import { compileBitbucket } from './validation.ts'

/** Addresses, bodies, errors, headers and JSON as Bitbucket has them, for everything below. */
export function speakBitbucket(app: FastifyInstance, settings: VendorSettings): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (hasEncodedSeparator(request.originalUrl.split('?', 1)[0] ?? ''))
      sendContainerPage(request, reply, 'encoded-separator')
    else done()
  })
  keepRawBodies(app)
  addHeaders(app)
  addContext(app, settings)
  app.setValidatorCompiler(compileBitbucket)
  app.setSerializerCompiler(() => JSON.stringify)
  app.setReplySerializer((payload) => JSON.stringify(payload))
  app.setErrorHandler((error: Error, request, reply) => answerError(error, request, reply))
  const find = collectResources(app)
  app.setNotFoundHandler((request, reply) => answerUnknown(request, reply, find))
}

function answerError(error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const answer = answerTo(error, placeOf(request))
  if (answer.status >= 500) request.log.error(error)
  noteRefusal(request, error, textOf(answer), frameworkRule(answer.status))
  return sendAnswer(request, reply, answer)
}

/** What Fastify refuses has no rule of its own. */
function frameworkRule(status: number): RefusalName | null {
  if (status >= 500) return null
  return status === 413 ? 'body-too-large' : 'request-broken'
}

/** What an answer says, without its wrapping. */
function textOf(answer: Answer): string {
  if (answer.kind !== 'envelope') return `The REST framework refused it with ${answer.status}.`
  return answer.errors
    .map(({ context, message }) => (context === null ? message : `${context}: ${message}`))
    .join(' ')
}
