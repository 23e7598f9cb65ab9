import { sendTo as sendExchangeTo, textOf } from '../exchange/send.ts'
import { readBody } from '../exchange/to-exchange.ts'
import type { Send, StoryAnswer, StoryRequest } from './wire.ts'

/** Milliseconds for one answer. */
const PATIENCE = 300_000

/**
 * Sends to a server by HTTP, at an address such as `https://gitlab.example.com` or that of a sandbox; paths as they are, dots
 * and all.
 */
export function sendTo(address: string): Send {
  const send = sendExchangeTo(address, { timeout: PATIENCE })
  return async (request) => {
    const { status, headers = {}, body } = await send({ ...request, headers: headersOf(request) })
    return { status, headers: flatten(headers), body }
  }
}

/** As Fastify's `inject`, and that of a world of the library. */
export type InjectLike = (request: {
  readonly method: 'GET'
  readonly url: string
  readonly headers: Record<string, string>
  readonly payload?: string
}) => PromiseLike<{
  readonly statusCode: number
  readonly headers: Readonly<Record<string, number | string | string[] | undefined>>
  readonly body: string
}>

/** Sends to a server of this process without a socket: `sendInto(forge.inject)`. */
export function sendInto(inject: InjectLike): Send {
  return async (request): Promise<StoryAnswer> => {
    const { method, path, body } = request
    const answer = await inject({
      // Any method goes through; the type is that of the narrowest `inject`.
      method: method as 'GET',
      url: path,
      headers: headersOf(request),
      ...(body !== undefined && { payload: textOf(body) }),
    })
    const headers = flatten(answer.headers)
    return { status: answer.statusCode, headers, body: readBody(answer.body, headers) }
  }
}

function headersOf({ headers, body }: StoryRequest): Record<string, string> {
  return body === undefined ? headers : { 'content-type': 'application/json', ...headers }
}

type Values = number | string | readonly string[] | undefined

function flatten(headers: Readonly<Record<string, Values>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, [value].flat().join(', ')]],
    ),
  )
}
