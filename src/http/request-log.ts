/**
 * One JSON line on stderr per request: method, url, status, duration, vendor. stdout stays free for the banner. No header
 * is ever logged, and no credential that a client put into the query string.
 */
import { type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import type { LogLevel } from '../options.ts'
import { stderrLines } from './log-lines.ts'

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
export function loggerOptions(level: LogLevel) {
  if (level === 'silent') return false as const
  return {
    level,
    stream: stderrLines(),
    // No process id and host name on each line: one process writes this log.
    base: null,
    serializers: {
      req: ({ method, url }: Pick<FastifyRequest, 'method' | 'url'>) => ({ method, url: maskUrl(url) }),
      res: ({ statusCode }: Pick<FastifyReply, 'statusCode'>) => ({ statusCode }),
    },
  }
}

/** What is said of a request. */
export interface RequestLine {
  readonly method: string
  readonly url: string
  readonly status: number
  /** Milliseconds. */
  readonly duration: number
  readonly vendor: string | undefined
}

/** Whether there is a line for each request. */
export function logsRequests(level: LogLevel): boolean {
  return level === 'info' || level === 'debug' || level === 'trace'
}

/** To tenths of milliseconds. */
export function roundDuration(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10
}

/**
 * The line about a request that is like another one but for when it was and how long it took: the text that the logger would
 * write, without making it anew each time.
 */
export function repeatedLine({ duration: _, ...line }: RequestLine): (duration: number) => string {
  const { method, url, status, vendor } = line
  const [head, tail] = [
    `,${JSON.stringify({ method, url, status }).slice(1, -1)},"duration":`,
    `,${JSON.stringify({ vendor, msg: 'request' }).slice(1)}\n`,
  ]
  return (duration) => `{"level":30,"time":${Date.now()}${head}${roundDuration(duration)}${tail}`
}

/** Which lines Fastify writes about requests: ours, once a request is over, instead of its two per request. */
export class RequestLog extends LogController {
  readonly #vendorOf: (request: FastifyRequest) => string | undefined

  constructor(level: LogLevel, vendorOf: (request: FastifyRequest) => string | undefined) {
    super({ disableRequestLogging: !logsRequests(level) })
    this.#vendorOf = vendorOf
  }

  override incomingRequest(): void {}

  override routeNotFound(): void {}

  override requestCompleted(
    error: Error | null | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
  ): void {
    if (this.isLogDisabled(request)) return
    const line: RequestLine = {
      method: request.method,
      url: maskUrl(request.originalUrl),
      status: reply.statusCode,
      duration: roundDuration(reply.elapsedTime),
      vendor: this.#vendorOf(request),
    }
    if (error) reply.log.error({ ...line, err: error }, 'request failed')
    else reply.log.info(line, 'request')
  }
}
