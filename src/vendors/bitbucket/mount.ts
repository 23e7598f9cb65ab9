import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { noteRefusal } from '../../http/journal/refusal.ts'
import { keepRawBodies } from '../../http/raw-body.ts'
import type { VendorSettings } from '../vendor.ts'
import { hasEncodedSeparator } from './address.ts'
import type { Answer } from './answers.ts'
import { registerApplicationProperties } from './application-properties.ts'
import { registerBranches } from './branches.ts'
import { registerCommits } from './commits.ts'
import { addContext, placeOf } from './context.ts'
import { registerDefaultBranch } from './default-branch.ts'
import { answerTo } from './errors.ts'
import type { RefusalName } from './evidence/refusals.ts'
import { registerGitTags } from './git-tags.ts'
import { addHeaders } from './headers.ts'
import { answerUnknown } from './not-found.ts'
import { profileNamed } from './profiles.ts'
import { registerProjects } from './projects.ts'
import { registerPullRequests } from './pull-requests.ts'
import { registerRebase } from './rebase.ts'
import { collectResources } from './resources.ts'
import { JSON_TYPE, sendAnswer, sendContainerPage } from './send.ts'
import { registerTags } from './tags.ts'
import { compileBitbucket } from './validation.ts'
import { registerWebhookTest } from './webhook-test.ts'
import { registerWebhooks } from './webhooks.ts'

/** Registers all routes; loaded with the first request for one of them. */
export async function mountBitbucket(app: FastifyInstance, settings: VendorSettings): Promise<void> {
  app.get('/status', { config: { operation: 'bitbucket.getStatus' } }, (_request, reply) =>
    reply.type(JSON_TYPE).send('{"state":"RUNNING"}'),
  )
  await app.register(
    async (rest) => {
      speakBitbucket(rest, settings)
      registerApplicationProperties(rest)
      registerProjects(rest)
      registerTags(rest)
      registerGitTags(rest)
      registerBranches(rest)
      registerDefaultBranch(rest, profileNamed(settings.profile))
      registerCommits(rest)
      registerPullRequests(rest)
      registerRebase(rest)
      registerWebhooks(rest)
      registerWebhookTest(rest)
    },
    { prefix: '/rest' },
  )
}

/** Addresses, bodies, errors, headers and JSON as Bitbucket has them, for everything below. */
function speakBitbucket(app: FastifyInstance, settings: VendorSettings): void {
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
  app.setNotFoundHandler((request, reply) =>
    answerUnknown(request, reply, find(pathBelow(request, settings))),
  )
}

function answerError(error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const answer = answerTo(error, placeOf(request))
  if (answer.status >= 500) request.log.error(error)
  noteRefusal(request, error, textOf(answer))
  if (answer.status < 500) request.rule ??= frameworkRule(answer.status)
  return sendAnswer(request, reply, answer)
}

/** What Fastify refuses has no rule of its own. */
function frameworkRule(status: number): RefusalName {
  return status === 413 ? 'body-too-large' : 'request-broken'
}

/** What an answer says, without its wrapping. */
function textOf(answer: Answer): string {
  if (answer.kind !== 'envelope') return `The REST framework refused it with ${answer.status}.`
  return answer.errors
    .map(({ context, message }) => (context === null ? message : `${context}: ${message}`))
    .join(' ')
}

function pathBelow(request: FastifyRequest, { prefix }: VendorSettings): string {
  return (request.raw.url ?? '').split('?')[0]?.slice(prefix.length) ?? ''
}
