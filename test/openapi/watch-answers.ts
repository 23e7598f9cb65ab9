/**
 * Holds every answer of every vendor that a test gets against the OpenAPI document of that vendor, whatever the test is
 * about. Answers are looked at when the test has ended; what is wrong with them fails it.
 */
import { subscribe } from 'node:diagnostics_channel'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { inject } from 'vitest'
import type { AdminOptions } from '../../src/http/admin/index.ts'
import type { Recording } from '../../src/http/journal/recording.ts'
import type { DescribedApi } from './described-api.ts'
import { readAnswer, type SeenAnswer } from './seen-answer.ts'

interface Watched {
  readonly answer: SeenAnswer
  readonly vendor: string
  readonly profile: string
}

const payloads = new WeakMap<FastifyReply, unknown>()
const bodies = new WeakMap<FastifyRequest, Buffer>()
const servers: WeakRef<FastifyInstance>[] = []
const controls = new WeakMap<object, AdminOptions>()
/** Loaded with the first server. */
let recordings: typeof Recording | null | undefined
let seen = new Map<string, Watched>()
const apis = new Map<string, Promise<DescribedApi>>()

/** To be called before any server is built. */
export function watchAnswers(): void {
  subscribe('fastify.initialization', (message) => {
    const { fastify: app } = message as { fastify: FastifyInstance }
    servers.push(new WeakRef(app))
    if (recordings === undefined) loadRecordings()
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

function loadRecordings(): void {
  recordings = null
  import('../../src/http/journal/recording.ts').then((module) => {
    recordings = module.Recording
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
  if (isOurs(answer)) return
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
  seen.set(key, { answer, vendor, profile: profile ?? mount.profile })
}

/** The server that a part belongs to has the same worlds. */
function controlOf({ worlds }: FastifyInstance): AdminOptions | undefined {
  const known = controls.get(worlds)
  if (known) return known
  for (const server of servers) {
    const app = server.deref()
    if (app?.control) controls.set(app.worlds, app.control)
  }
  return controls.get(worlds)
}

/** What a fault rule has brought about says nothing of the vendor. */
function isFaulty(reply: FastifyReply): boolean {
  return (recordings?.of(reply.raw)?.fault ?? null) !== null
}

/** Whoever asks in a sandbox that is gone is answered by the control plane, whatever the address. */
function isOurs({ status, text }: SeenAnswer): boolean {
  return status === 404 && (text ?? '').startsWith('{"error":"sandbox-missing"')
}

async function describedApi({ vendor, profile }: Watched): Promise<DescribedApi> {
  const name = `${vendor} ${profile}`
  const known = apis.get(name) ?? open(name)
  apis.set(name, known)
  return known
}

/** Loaded here, so that tests without a vendor pay nothing. */
async function open(name: string): Promise<DescribedApi> {
  const { DescribedApi } = await import('./described-api.ts')
  return new DescribedApi(JSON.parse(readFileSync(join(inject('documents'), `${name}.json`), 'utf8')))
}
