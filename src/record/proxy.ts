/** Hands requests on to a server and its answers back, byte for byte, and shows both to somebody. */
import {
  type ClientRequest,
  createServer,
  Agent as HttpAgent,
  type IncomingMessage,
  request as requestHttp,
  type Server,
  type ServerResponse,
} from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { BodyCopy } from './body-copy.ts'

/** A request and its answer as they went over the wire. */
export interface Passed {
  readonly method: string
  /** As the client wrote it. */
  readonly path: string
  /** Names and values in turn. */
  readonly requestHeaders: readonly string[]
  readonly requestBody: BodyCopy
  readonly status: number
  readonly answerHeaders: readonly string[]
  readonly answerBody: BodyCopy
}

export interface ProxyOptions {
  /** Origin, and context path if it has one, without a trailing slash. */
  readonly live: string
  /** Bytes of each body that are kept. */
  readonly bodyLimit: number
  /** Told of each exchange whose answer came to its end. */
  onPassed(passed: Passed): void
}

/** Belong to one connection, RFC 9110 7.6.1; `expect` was answered by the proxy itself. */
const HOP_BY_HOP =
  /^(?:connection|keep-alive|proxy-connection|proxy-authorization|te|trailer|transfer-encoding|upgrade|expect)$/i

export function openProxy(options: ProxyOptions): Server {
  const { origin, pathname, host, protocol } = new URL(options.live)
  const isSecure = protocol === 'https:'
  const upstream = {
    send: isSecure ? requestHttps : requestHttp,
    agent: isSecure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true }),
    origin,
    host,
    base: pathname.replace(/\/$/, ''),
  }
  const server = createServer({ requestTimeout: 0 }, (request, response) =>
    new Passage(request, response, upstream, options).begin(),
  )
  server.on('close', () => upstream.agent.destroy())
  return server
}

interface Upstream {
  readonly send: typeof requestHttp
  readonly agent: HttpAgent
  readonly origin: string
  readonly host: string
  readonly base: string
}

class Passage {
  readonly #request: IncomingMessage
  readonly #response: ServerResponse
  readonly #upstream: Upstream
  readonly #options: ProxyOptions
  readonly #sent: BodyCopy
  #isRetried = false

  constructor(request: IncomingMessage, response: ServerResponse, upstream: Upstream, options: ProxyOptions) {
    this.#request = request
    this.#response = response
    this.#upstream = upstream
    this.#options = options
    this.#sent = new BodyCopy(options.bodyLimit)
    request.on('data', (chunk: Buffer) => this.#sent.add(chunk))
  }

  begin(): void {
    const request = this.#request
    const outgoing = this.#open()
    request.pipe(outgoing)
    this.#response.once('close', () => {
      if (!this.#response.writableFinished) outgoing.destroy()
    })
  }

  #open(): ClientRequest {
    const { send, agent, origin, host, base } = this.#upstream
    const { method = 'GET', url = '/', rawHeaders } = this.#request
    const outgoing = send(origin, {
      agent,
      method,
      path: base + url,
      headers: [...forward(rawHeaders, host)],
    })
    outgoing.on('response', (answer) => this.#answer(answer))
    outgoing.on('error', (error) => this.#fail(error, outgoing))
    return outgoing
  }

  #answer(answer: IncomingMessage): void {
    const response = this.#response
    const status = answer.statusCode ?? 502
    const headers = endToEnd(answer.rawHeaders)
    const copy = new BodyCopy(this.#options.bodyLimit)
    response.writeHead(status, answer.statusMessage, [...headers])
    // Clients that wait for the head before they go on must have it.
    response.flushHeaders()
    answer.on('data', (chunk: Buffer) => copy.add(chunk))
    answer.on('error', () => response.destroy())
    answer.on('end', () => {
      const { method = 'GET', url = '/', rawHeaders } = this.#request
      this.#options.onPassed({
        method,
        path: url,
        requestHeaders: rawHeaders,
        requestBody: this.#sent,
        status,
        answerHeaders: headers,
        answerBody: copy,
      })
    })
    answer.pipe(response)
  }

  #fail(error: Error & { readonly code?: string }, outgoing: ClientRequest): void {
    const response = this.#response
    if (response.headersSent || response.destroyed) return void response.destroy()
    const isBare =
      this.#request.headers['content-length'] === undefined && !this.#request.headers['transfer-encoding']
    // An idle connection that the server was just closing: not an answer, and not a refusal either.
    if (outgoing.reusedSocket && error.code === 'ECONNRESET' && isBare && !this.#isRetried) {
      this.#isRetried = true
      this.#open().end()
      return
    }
    const text = `fakeforge record: ${this.#upstream.origin} gave no answer: ${error.message || error.code}\n`
    response.writeHead(502, {
      'content-type': 'text/plain; charset=utf-8',
      'content-length': Buffer.byteLength(text),
    })
    response.end(text)
    this.#request.resume()
  }
}

function forward(raw: readonly string[], host: string): string[] {
  const headers = endToEnd(raw)
  const at = headers.findIndex((name, i) => i % 2 === 0 && name.toLowerCase() === 'host')
  return at < 0 ? ['Host', host, ...headers] : headers.with(at + 1, host)
}

/** What a `Connection` header names belongs to the connection, too. */
function endToEnd(raw: readonly string[]): string[] {
  const pairs = Array.from(
    { length: raw.length / 2 },
    (_, i) => [raw[i * 2] ?? '', raw[i * 2 + 1] ?? ''] as const,
  )
  const named = pairs
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) =>
      value
        .toLowerCase()
        .split(',')
        .map((part) => part.trim()),
    )
  return pairs.filter(([name]) => !HOP_BY_HOP.test(name) && !named.includes(name.toLowerCase())).flat()
}
