import type { FastifyReply, FastifyRequest } from 'fastify'

/** An answer of a vendor, as far as its OpenAPI document is about it. */
export interface SeenAnswer {
  readonly operation: string
  readonly method: string
  /** That of the route, as it was registered, without the mount's prefix. */
  readonly url: string
  readonly status: number
  /** Without parameters; empty where there is none. */
  readonly type: string
  /** Null: of a kind that is not looked at. */
  readonly text: string | null
  readonly headers: Readonly<Record<string, unknown>>
  /** What the client sent, where that is called JSON. */
  readonly sent: string | null
  readonly query: Readonly<Record<string, string>>
}

export interface Payloads {
  readonly payload: unknown
  readonly sent: Buffer | undefined
  readonly prefix: string
}

/** Longer bodies are left alone: they are lists of what shorter ones hold too. */
const LONGEST = 300_000

export function readAnswer(
  { method, routeOptions, originalUrl, headers: given }: FastifyRequest,
  reply: FastifyReply,
  { payload, sent, prefix }: Payloads,
): SeenAnswer {
  const headers = reply.getHeaders()
  const hasBody = reply.statusCode !== 204 && reply.statusCode !== 304
  return {
    operation: routeOptions.config.operation ?? '',
    method,
    url: (routeOptions.url ?? '').slice(prefix.length),
    status: reply.statusCode,
    type: String(headers['content-type'] ?? '').split(';')[0] ?? '',
    text: hasBody ? textOf(payload) : '',
    headers,
    sent: sent && given['content-type']?.startsWith('application/json') ? sent.toString() : null,
    query: Object.fromEntries(new URLSearchParams(originalUrl.split('?')[1])),
  }
}

function textOf(payload: unknown): string | null {
  const text = Buffer.isBuffer(payload) ? payload.toString() : payload
  return typeof text === 'string' && text.length < LONGEST ? text : null
}
