import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { ExchangeAnswer, ExchangeRequest } from './exchange.ts'
import { readBody } from './to-exchange.ts'

/** Sends a request and reads the answer. Rejects when none comes. */
export type Send = (request: ExchangeRequest) => Promise<ExchangeAnswer>

export interface SendOptions {
  /** Milliseconds until an answer must be there as a whole. */
  readonly timeout: number
}

/**
 * Sends to a server at an address such as `https://gitlab.example.com`. Not with fetch: it would tidy paths, follow
 * nothing of what hostile names look like, and add headers that a forge may look at.
 */
export function sendTo(address: string, { timeout }: SendOptions): Send {
  const base = address.replace(/\/+$/, '')
  return ({ method, path, headers = {}, body }) => {
    const text = body === undefined ? undefined : textOf(body)
    const { origin, pathname } = new URL(base)
    const send = origin.startsWith('https:') ? requestHttps : requestHttp
    return new Promise((resolve, reject) => {
      const outgoing = send(origin, {
        method,
        path: encodeRaw(pathname.replace(/\/$/, '') + path),
        headers: {
          accept: '*/*',
          ...(typeof body === 'object' && body !== null && { 'content-type': 'application/json' }),
          ...(headers as Record<string, string | string[]>),
          'accept-encoding': 'identity',
          ...(text !== undefined && { 'content-length': Buffer.byteLength(text) }),
        },
        signal: AbortSignal.timeout(timeout),
      })
      outgoing.on('response', (incoming) => read(incoming).then(resolve, reject))
      outgoing.on('error', reject)
      outgoing.end(text)
    })
  }
}

/** A body as it is sent. */
export function textOf(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body)
}

/** What a recording has as plain characters was sent as UTF-8 all the same. */
function encodeRaw(path: string): string {
  return path.replace(/[^\u0021-\u007e]+/g, encodeURIComponent)
}

async function read(incoming: IncomingMessage): Promise<ExchangeAnswer> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const headers: Record<string, string | string[]> = {}
  for (const [name, value] of Object.entries(incoming.headersDistinct))
    if (value) headers[name] = value.length === 1 ? (value[0] ?? '') : value
  const body = readBody(Buffer.concat(chunks).toString(), headers)
  return { status: incoming.statusCode ?? 0, headers, body }
}
