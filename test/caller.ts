import type { FastifyInstance, InjectOptions } from 'fastify'

export interface Reply {
  readonly status: number
  readonly headers: Record<string, string | string[] | number | undefined>
  /** Parsed when it is JSON, else the text. */
  readonly body: unknown
  readonly text: string
}

export interface CallOptions {
  readonly headers?: Record<string, string>
  readonly payload?: string | Buffer | object
}

export type Call = (method: string, url: string, options?: CallOptions) => Promise<Reply>

/** Sends requests to an app without a socket; `headers` go with each of them. */
export function callerOf(app: FastifyInstance, headers: Record<string, string> = {}): Call {
  return async (method, url, options = {}) => {
    const reply = await app.inject({
      method: method as NonNullable<InjectOptions['method']>,
      url,
      headers: { ...headers, ...options.headers },
      ...(options.payload !== undefined && { payload: options.payload }),
    })
    const isJson = String(reply.headers['content-type']).includes('json') && reply.body !== ''
    return {
      status: reply.statusCode,
      headers: reply.headers,
      body: isJson ? JSON.parse(reply.body) : reply.body,
      text: reply.body,
    }
  }
}

/** Status and body of a reply: what most rules are about. */
export async function answer(reply: Promise<Reply>): Promise<[number, unknown]> {
  const { status, body } = await reply
  return [status, body]
}
