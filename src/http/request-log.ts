/**
 * One JSON line on stderr per request: method, url, status, duration, vendor. stdout stays free for the banner. No header
 * is ever logged, and no credential that a client put into the query string.
 */
import type { FastifyInstance, FastifyRequest, FastifyServerOptions } from 'fastify'
import type { LogLevel } from '../options.ts'

const secretNames = /token|secret|passw|signature|credential|private.?key|api.?key|access.?key/i

/** The url with the values of parameters that carry credentials replaced by `***`; all else stays byte for byte. */
export function maskUrl(url: string): string {
  const start = url.indexOf('?')
  const path = start < 0 ? url : url.slice(0, start)
  // A proxy's absolute form may hold user:password@.
  const masked = path.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/]*@/i, '$1***@')
  return start < 0 ? masked : `${masked}?${maskQuery(url.slice(start + 1))}`
}

function maskQuery(query: string): string {
  return query.replace(/([^&;=]+)=([^&;]*)/g, (pair, name: string) =>
    secretNames.test(decodeName(name)) ? `${name}=***` : pair,
  )
}

function decodeName(name: string): string {
  return name.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}

/** Fastify's logger: pino to stderr, requests written without headers whoever logs them. */
export function loggerOptions(level: LogLevel): NonNullable<FastifyServerOptions['logger']> {
  if (level === 'silent') return false
  return {
    level,
    stream: process.stderr,
    base: undefined,
    serializers: {
      req: ({ method, url }: FastifyRequest) => ({ method, url: maskUrl(url) }),
      res: ({ statusCode }) => ({ statusCode }),
    },
  }
}

/** Logs each answered request of `app`; the app itself is made with `disableRequestLogging: true`. */
export function logRequests(
  app: FastifyInstance,
  vendorOf: (request: FastifyRequest) => string | undefined,
): void {
  if (!app.log.isLevelEnabled?.('info')) return
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        url: maskUrl(request.originalUrl),
        status: reply.statusCode,
        duration: Math.round(reply.elapsedTime * 10) / 10,
        vendor: vendorOf(request),
      },
      'request',
    )
  })
}
