/**
 * Holds every answer of every vendor that a test gets against the OpenAPI document of that vendor, whatever the test is
 * about. Answers are looked at when the test has ended; what is wrong with them fails it.
 */
import { subscribe } from 'node:diagnostics_channel'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AdminOptions, MountedVendor } from '../../src/http/admin/index.ts'
import { Recording } from '../../src/http/journal/recording.ts'
import type { DescribedApi } from './described-api.ts'
import { readAnswer, type SeenAnswer } from './seen-answer.ts'

interface Watched {
  readonly answer: SeenAnswer
  readonly control: AdminOptions
  readonly mount: MountedVendor
  readonly profile: string
}

const payloads = new WeakMap<FastifyReply, unknown>()
const bodies = new WeakMap<FastifyRequest, Buffer>()
const servers: WeakRef<FastifyInstance>[] = []
let seen = new Map<string, Watched>()
const apis = new Map<string, Promise<DescribedApi>>()

/** To be called before any server is built. */
export function watchAnswers(): void {
  subscribe('fastify.initialization', (message) => {
    const { fastify: app } = message as { fastify: FastifyInstance }
    servers.push(new WeakRef(app))
    app.addHook('preValidation', (request, _reply, done) => {
      if (Buffer.isBuffer(request.body)) bodies.set(request, request.body)
      done()
    })
    app.addHook('onSend', (_request, reply, payload, done) => {
      payloads.set(reply, payload)
      done()
    })
    app.addHook('onResponse', (request, reply, done) => {
      take(request, reply)
      done()
    })
  })
}

/** What was wrong with the answers since this was asked last. */
export async function misfits(): Promise<unknown[]> {
  const answers = [...seen.values()]
  seen = new Map()
  const found: unknown[] = []
  for (const watched of answers) {
    const { answer } = watched
    const { operation, method, url, status, sent } = answer
    const api = await describedApi(watched)
    const wrong = api.misfitsOf(answer)
    if (sent !== null && status < 300) wrong.push(...api.bodyMisfits(answer, sent))
    if (wrong.length > 0)
      found.push({ operation, method, url, status, wrong, text: answer.text?.slice(0, 500) })
  }
  return found
}

function take(request: FastifyRequest, reply: FastifyReply): void {
  const { operation } = request.routeOptions.config ?? {}
  if (operation === undefined || request.method === 'OPTIONS' || isFaulty(reply)) return
  const [vendor = '', name = ''] = operation.split('.')
  const control = controlOf(request.server)
  const mount = control?.vendors.find(({ id }) => id === vendor)
  if (!control || !mount || name === 'retired') return
  const sent = bodies.get(request)
  const answer = readAnswer(request, reply, {
    payload: payloads.get(reply) ?? '',
    sent,
    prefix: mount.prefix,
  })
  const profile = (request as { bitbucket?: { profile?: { name: string } } }).bitbucket?.profile?.name
  const key = [
    operation,
    answer.url,
    answer.method,
    answer.status,
    answer.type,
    answer.text,
    answer.sent,
  ].join()
  seen.set(key, { answer, control, mount, profile: profile ?? mount.profile })
}

/** The server that a part belongs to has the same worlds. */
function controlOf({ worlds }: FastifyInstance): AdminOptions | undefined {
  for (const server of servers) {
    const app = server.deref()
    if (app?.control && app.worlds === worlds) return app.control
  }
  return undefined
}

/** What a fault rule has brought about says nothing of the vendor. */
function isFaulty(reply: FastifyReply): boolean {
  return (Recording.of(reply.raw)?.fault ?? null) !== null
}

async function describedApi({ control, mount, profile }: Watched): Promise<DescribedApi> {
  const key = `${mount.id} ${profile} ${mount.prefix}`
  const known = apis.get(key) ?? describe(control, mount, profile)
  apis.set(key, known)
  return known
}

/** Loaded here, so that tests without a vendor pay nothing. */
async function describe(
  { operations }: AdminOptions,
  mount: MountedVendor,
  profile: string,
): Promise<DescribedApi> {
  const [{ DescribedApi }, { describeVendorApi }, { vendors }] = await Promise.all([
    import('./described-api.ts'),
    import('../../src/http/openapi/document.ts'),
    import('../../src/vendors/index.ts'),
  ])
  const { id, title, prefix } = mount
  const vendor = await vendors
    .find((each) => each.id === id)
    ?.description({ profile, quirks: new Set(), prefix })
  if (!vendor) throw new Error(`There is no vendor ${id}.`)
  await operations.learn()
  const routes = operations.routesOf(id)
  const facts = { title, profile, prefix, routes, vendor, evidence: undefined, origin: 'http://localhost' }
  return new DescribedApi(describeVendorApi(facts), vendor.unlisted)
}
