import type { FastifyInstance } from 'fastify'

/** What a test compares: status and body, the latter parsed when it is JSON. */
export interface Reply {
  readonly status: number
  readonly body: unknown
  readonly headers: Readonly<Record<string, unknown>>
}

/** Sends a request to GitLab's API, with a token unless it is null. */
export async function ask(
  app: FastifyInstance,
  request: string,
  token: string | null,
  payload?: object,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const [method = 'GET', path = ''] = request.split(' ')
  const answer = await app.inject({
    method: method as 'GET',
    url: `/api/v4${path}`,
    headers: { ...(token !== null && { 'private-token': token }), ...headers },
    ...(payload && { payload }),
  })
  const isJson = answer.headers['content-type'] === 'application/json' && answer.body !== ''
  return {
    status: answer.statusCode,
    body: isJson ? JSON.parse(answer.body) : answer.body,
    headers: answer.headers,
  }
}

/** One key of each item of a list. */
export function pick(body: unknown, key: string): unknown[] {
  return (body as Record<string, unknown>[]).map((item) => item[key])
}
