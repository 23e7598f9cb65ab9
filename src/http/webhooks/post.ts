import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { WebhookRequest } from '../../vendors/webhook-dialect.ts'
import type { AddressPolicy } from './address-policy.ts'
import type { Answer } from './attempt.ts'

/** What is kept of an answer, bytes. */
const LONGEST_ANSWER = 64 * 1024

export interface PostOptions {
  readonly policy: AddressPolicy
  /** Milliseconds for the whole exchange. */
  readonly timeout: number
  readonly signal: AbortSignal
}

/** Makes a request. Redirects are answers like others. Throws AddressRefusal, and whatever went wrong on the way. */
export function post(request: WebhookRequest, { policy, timeout, signal }: PostOptions): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const url = new URL(request.url)
    policy.checkHost(url.hostname)
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest
    const sent = send(url, {
      method: 'POST',
      headers: request.headers,
      // A connection per delivery: nothing is left open when the server goes, and each address is looked at.
      agent: false,
      lookup: policy.lookup,
      signal,
      ...(request.insecure && { rejectUnauthorized: false }),
    })
    const timer = setTimeout(() => {
      const error = new Error(`no answer within ${timeout} ms`)
      // First: what a broken connection says of itself is less clear.
      reject(error)
      sent.destroy(error)
    }, timeout)
    const settle = () => clearTimeout(timer)
    sent.on('error', (error) => {
      settle()
      reject(error)
    })
    sent.on('response', (response) => {
      readAnswer(response).then(resolve, reject).finally(settle)
    })
    sent.end(request.body)
  })
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    size += chunk.length
    if (size > LONGEST_ANSWER) break
  }
  return {
    status: response.statusCode ?? 0,
    headers: definedOnly(response.headers),
    body: Buffer.concat(chunks).subarray(0, LONGEST_ANSWER).toString('utf8'),
    truncated: size > LONGEST_ANSWER,
  }
}

function definedOnly(headers: IncomingMessage['headers']): Answer['headers'] {
  const defined = Object.entries(headers).filter(([, value]) => value !== undefined)
  return Object.fromEntries(defined) as Answer['headers']
}
