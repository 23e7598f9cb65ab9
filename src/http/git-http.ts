/**
 * Git's smart HTTP protocol at the clone URLs of all vendors: `GET …/info/refs?service=…`, then `POST …/git-upload-pack` or
 * `POST …/git-receive-pack`. A status can only be chosen before the first byte of an answer, so that byte is waited for.
 *
 * https://git-scm.com/docs/gitprotocol-http
 */
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Pacer } from '../git/wire/pacer.ts'
import { encodeError, encodeLine, FLUSH } from '../git/wire/pkt-line.ts'
import { WireError } from '../git/wire/wire-error.ts'
import type { GitService } from '../vendors/git-face.ts'
import type { GitRefusal } from './coverage/git-evidence.ts'
import { openForGit } from './git-access.ts'
import { passRest, readGitBody } from './git-body.ts'
import { type GitExchange, protocolVersion } from './git-exchange.ts'
import { GitHttpError } from './git-http-error.ts'
import { advertiseFetch, answerFetch } from './git-http-fetch.ts'
import { advertisePush, answerPush } from './git-http-push.ts'
import { type GitMounts, type GitUrl, readGitUrl } from './git-url.ts'
import { noteRefusal } from './journal/refusal.ts'
import { addressOf } from './origin.ts'

export interface GitHttpOptions {
  readonly mounts: GitMounts
  /** Largest request body, bytes, before and after inflation. */
  readonly bodyLimit: number
  /** For the capability `agent`. */
  readonly agent: string
}

/** As git http-backend sends them. */
const NEVER_CACHE = {
  expires: 'Fri, 01 Jan 1980 00:00:00 GMT',
  pragma: 'no-cache',
  'cache-control': 'no-cache, max-age=0, must-revalidate',
}

declare module 'fastify' {
  interface FastifyRequest {
    gitUrl: GitUrl | null
  }
}

/** Serves git; only requests for which `isGitRequest` holds may come here. */
export async function gitHttp(app: FastifyInstance, options: GitHttpOptions): Promise<void> {
  const { mounts, bodyLimit, agent } = options
  app.decorateRequest('gitUrl', null)
  // The body is read by the protocol, as a stream.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))
  app.addHook('onRequest', async (request) => {
    request.gitUrl = readGitUrl(request.raw.url ?? '', mounts)
  })
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) =>
    sendFailure(request, reply, error),
  )

  const reads = { querystring: { properties: { service: {} } } }
  app.get('/*', { config: { operation: 'git.advertiseRefs', reads } }, async (request, reply) => {
    const url = urlOf(request)
    const service = (request.query as Record<string, unknown>).service
    const isSmart = service === 'git-upload-pack' || service === 'git-receive-pack'
    const exchange = await open(request, url, isSmart ? service : 'git-upload-pack')
    if (!isSmart) return refuseDumb(request, reply, url)
    if (!url.suffixed && url.mount.face.withoutSuffix === 'redirect') return redirect(request, reply)
    const lines = service === 'git-upload-pack' ? advertiseFetch(exchange) : advertisePush(exchange)
    const hasHeading = service === 'git-receive-pack' || exchange.version !== 2
    const answer = hasHeading ? withHeading(service, lines) : lines
    return send(reply, `application/x-${service}-advertisement`, answer)
  })

  // Either service: which one is told by the path.
  app.post('/*', { config: { operation: 'git.uploadPack' } }, async (request, reply) => {
    const url = urlOf(request)
    const service = url.ask as GitService
    const exchange = await open(request, url, service)
    const type = request.headers['content-type']?.split(';')[0]?.trim()
    if (type !== `application/x-${service}-request`) {
      throw new GitHttpError(
        415,
        'content-type-unsupported',
        `Expected POST with Content-Type 'application/x-${service}-request'.`,
      )
    }
    const body = readGitBody(request, bodyLimit)
    reply.raw.once('finish', () => passRest(request, body))
    const answer =
      service === 'git-upload-pack' ? answerFetch({ ...exchange, body }) : answerPush({ ...exchange, body })
    return send(reply, `application/x-${service}-result`, answer)
  })

  async function open(request: FastifyRequest, url: GitUrl, service: GitService): Promise<GitExchange> {
    const { project, identity } = await openForGit(request, url, service)
    const version = protocolVersion(request.headers['git-protocol'])
    return { project, identity, mount: url.mount, version, agent, body: Readable.from([]), bodyLimit }
  }
}

function* withHeading(service: GitService, lines: Iterable<Buffer>): Generator<Buffer> {
  yield Buffer.concat([encodeLine(`# service=${service}`), FLUSH])
  yield* lines
}

async function send(
  reply: FastifyReply,
  type: string,
  answer: Iterable<Buffer> | AsyncIterable<Buffer>,
): Promise<FastifyReply> {
  reply.headers({ ...NEVER_CACHE, 'content-type': type })
  const chunks = sayErrors(answer)
  const first = await chunks.next()
  if (first.done) return reply.send('')
  return reply.send(Readable.from(startingWith(first.value, chunks), { objectMode: false }))
}

/** Ends an answer with what the protocol has to say of an error, and gives others their turn while it is made. */
async function* sayErrors(answer: Iterable<Buffer> | AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const pacer = new Pacer()
  try {
    for await (const chunk of answer) {
      yield chunk
      if (pacer.isDue) await pacer.rest()
    }
  } catch (error) {
    if (!(error instanceof WireError)) throw error
    yield encodeError(error.message)
  }
}

async function* startingWith(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first
  yield* rest
}

function sendFailure(
  request: FastifyRequest,
  reply: FastifyReply,
  error: Error & { statusCode?: number },
): unknown {
  const { gitUrl } = request
  noteRefusal(request, error, error.message)
  const status = error instanceof GitHttpError ? error.status : error.statusCode
  if (status !== undefined || gitUrl === null) {
    return reply
      .code(status ?? 500)
      .headers({ ...NEVER_CACHE, 'content-type': 'text/plain' })
      .send(`${error.message}\n`)
  }
  const answer = gitUrl.mount.face.answer(error, request)
  if (answer.status >= 500) request.log.error(error)
  return reply
    .code(answer.status)
    .headers({ ...NEVER_CACHE, ...answer.headers })
    .send(answer.body)
}

function refuseDumb(request: FastifyRequest, reply: FastifyReply, { mount }: GitUrl): FastifyReply {
  request.rule = 'dumb-protocol' satisfies GitRefusal
  return reply.code(403).type('text/plain; charset=utf-8').send(mount.face.dumbRefusal)
}

function redirect(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.redirect(addressOf(request).replace('/info/refs?', '.git/info/refs?'), 301)
}

function urlOf(request: FastifyRequest): GitUrl {
  if (request.gitUrl === null) throw new GitHttpError(404, 'address-unknown', 'Not Found')
  return request.gitUrl
}
