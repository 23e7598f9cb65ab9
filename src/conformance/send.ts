import type { Send, StoryAnswer } from './wire.ts'

/** Sends to a server by HTTP, at an address such as `https://gitlab.example.com` or that of a sandbox. */
export function sendTo(address: string): Send {
  const base = address.replace(/\/+$/, '')
  return async ({ method, path, headers, body }) => {
    const answer = await fetch(base + path, {
      method,
      headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: textOf(body) }),
      redirect: 'manual',
    })
    return read(answer.status, Object.fromEntries(answer.headers), await answer.text())
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
  return async ({ method, path, headers, body }) => {
    const answer = await inject({
      // Any method goes through; the type is that of the narrowest `inject`.
      method: method as 'GET',
      url: path,
      headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { payload: textOf(body) }),
    })
    const entries = Object.entries(answer.headers).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : String(value)]],
    )
    return read(answer.statusCode, Object.fromEntries(entries), answer.body)
  }
}

function textOf(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body)
}

function read(status: number, headers: Record<string, string>, text: string): StoryAnswer {
  return { status, headers, body: parsed(text, headers['content-type'] ?? '') }
}

/** What claims to be JSON and is not stays the text that it is. */
function parsed(text: string, type: string): unknown {
  if (!/[/+]json/.test(type) || text === '') return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
