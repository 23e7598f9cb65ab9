import { timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/**
 * Keeps the control plane out of the reach of web pages. A hostile page can make a browser send requests to loopback,
 * through its own name (DNS rebinding: a foreign Host) or directly (a foreign Origin); neither gets in.
 */
export function guardAdmin(app: FastifyInstance, token: string | null): void {
  app.addHook('onRequest', (request, reply, done) => {
    const refusal = refusalOf(request, token)
    if (refusal === null) return done()
    const { status, ...body } = refusal
    if (status === 401) reply.header('www-authenticate', 'Bearer')
    reply.code(status).send(body)
  })
}

interface Refusal {
  readonly status: number
  readonly error: string
  readonly message: string
}

function refusalOf(request: FastifyRequest, token: string | null): Refusal | null {
  if (!isOwnName(hostnameOf(request.headers.host ?? ''))) return FOREIGN_HOST
  if (!isOwnOrigin(request)) return FOREIGN_ORIGIN
  // Health probes cannot carry a token.
  const isOpen = token === null || request.routeOptions.url === '/__admin/health'
  return isOpen || isBearer(request, token) ? null : UNAUTHORIZED
}

const FOREIGN_HOST: Refusal = {
  status: 403,
  error: 'foreign-host',
  message: 'The control plane answers only to an address, to localhost or to a plain host name.',
}
const FOREIGN_ORIGIN: Refusal = {
  status: 403,
  error: 'foreign-origin',
  message: 'The control plane does not answer to web pages of another origin.',
}
const UNAUTHORIZED: Refusal = {
  status: 401,
  error: 'unauthorized',
  message: 'The control plane asks for its token: Authorization: Bearer <token>.',
}

/** Names that no stranger can point at us: addresses, localhost, and names without a dot such as a compose service. */
function isOwnName(name: string): boolean {
  if (isIP(name.replace(/^\[|\]$/g, '')) !== 0) return true
  return name === 'localhost' || name.endsWith('.localhost') || (name !== '' && !name.includes('.'))
}

function isOwnOrigin({ headers }: FastifyRequest): boolean {
  const origin = headers.origin
  if (origin === undefined)
    return headers['sec-fetch-site'] === undefined || headers['sec-fetch-site'] !== 'cross-site'
  return URL.canParse(origin) && new URL(origin).host === headers.host
}

function hostnameOf(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase()
}

function isBearer({ headers }: FastifyRequest, token: string): boolean {
  const [given, wanted] = [Buffer.from(headers.authorization ?? ''), Buffer.from(`Bearer ${token}`)]
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
