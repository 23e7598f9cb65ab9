import type { FastifyRequest } from 'fastify'
import { withoutSandbox } from './sandbox-address.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Fixed origin for absolute links (`--public-url`), without a trailing slash; null takes it from each request. */
    publicUrl: string | null
  }
}

/**
 * What every address of this server begins with for the client, without a trailing slash: scheme, host and port, and the
 * base path of the sandbox when it was asked for by path.
 */
export function originOf(request: FastifyRequest): string {
  return hostOf(request) + request.basePath
}

/** The address of a request as its client wrote it, query included. */
export function addressOf(request: FastifyRequest): string {
  // The base path of a sandbox is part of the origin already.
  return originOf(request) + withoutSandbox(request.originalUrl)
}

/** `--public-url`, else what a proxy forwarded, else the Host header. */
function hostOf(request: FastifyRequest): string {
  const fixed = request.server.publicUrl
  if (fixed !== null) return fixed
  const proto = firstOf(request.headers['x-forwarded-proto']) ?? 'http'
  const host = firstOf(request.headers['x-forwarded-host']) ?? request.headers.host ?? 'localhost'
  const port = firstOf(request.headers['x-forwarded-port'])
  const full = /:\d+$/.test(host) || port === undefined ? host : `${host}:${port}`
  return `${proto}://${full.replace(proto === 'https' ? /:443$/ : /:80$/, '')}`
}

/** The path of a request as it was sent, without its query. */
export function rawPath(request: FastifyRequest): string {
  const url = request.raw.url ?? '/'
  const cut = url.search(/[?#]/)
  return cut < 0 ? url : url.slice(0, cut)
}

/** The query of a request as it was sent, without the question mark. */
export function rawQuery(request: FastifyRequest): string {
  const url = request.raw.url ?? '/'
  const cut = url.indexOf('?')
  return cut < 0 ? '' : url.slice(cut + 1)
}

function firstOf(header: string | string[] | undefined): string | undefined {
  const value = Array.isArray(header) ? header[0] : header
  const first = value?.split(',')[0]?.trim()
  return first === '' ? undefined : first
}
