import type { FastifyInstance } from 'fastify'
import { noteRefusal } from '../../http/journal/refusal.ts'
import { keepRawBodies } from '../../http/raw-body.ts'
import type { VendorSettings } from '../vendor.ts'
import { type Dialect, sendRefusal, sendUnknownRoute } from './answers.ts'
import { addContext } from './context.ts'
import { frameworkRule, type Refusal, refusalOf } from './errors.ts'
import { addHeaders } from './headers.ts'
import { compileCodeArts } from './validation.ts'

/** Bodies, errors, headers and JSON as one generation has them, for everything below. */
export function speakCodeArts(app: FastifyInstance, settings: VendorSettings, dialect: Dialect): void {
  keepRawBodies(app)
  addHeaders(app)
  app.setValidatorCompiler(compileCodeArts)
  app.setSerializerCompiler(() => JSON.stringify)
  app.setReplySerializer((payload) => JSON.stringify(payload))
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const refusal = refusalOf(error, app.initialConfig.bodyLimit ?? 0)
    if (refusal.kind === 'failure') request.log.error(error)
    noteRefusal(request, error, textOf(refusal), refusal.kind === 'failure' ? null : frameworkRule(error))
    return sendRefusal(request, reply, refusal, dialect)
  })
  app.setNotFoundHandler((request, reply) => sendUnknownRoute(request, reply, 'unknown-route', dialect))
  addContext(app, settings, dialect)
}

/** What a refusal says, whichever generation words it. */
function textOf(refusal: Refusal): string {
  if (refusal.kind === 'invalid') return `${refusal.field}: ${refusal.reason}`
  return refusal.kind === 'gateway' ? refusal.message : refusal.kind
}
