import { ControlPlaneError, SandboxGoneError } from '../control-plane-error.ts'
import type { FakeForgeError } from '../fake-forge-error.ts'
import { FixtureError, type Problem } from '../forge/fixture/problem.ts'
import { StateError } from '../forge/state/problem.ts'
import { ConnectionError } from './connection-error.ts'

export interface Message {
  readonly query?: object
  readonly body?: unknown
  readonly signal?: AbortSignal
}

/** Speaks to the control plane of one world. */
export interface Transport {
  /** What every address of the world begins with. */
  readonly url: string
  /** The same for another world of the server: that of a sandbox, or with null the server's own. */
  of(sandbox: string | null): Transport
  /** Sends a request below `/__admin` and answers with the response, which is a good one. Throws FakeForgeError. */
  open(method: string, path: string, message?: Message): Promise<Response>
  /** The same, with the JSON of the answer; undefined when it has no content. */
  call<T>(method: string, path: string, message?: Message): Promise<T>
}

export function transportTo(server: string, token: string | undefined, sandbox: string | null): Transport {
  const url = sandbox === null ? server : `${server}/__sandbox/${encodeURIComponent(sandbox)}`
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` }

  async function open(method: string, path: string, message: Message = {}): Promise<Response> {
    const { query = {}, body, signal } = message
    const response = await fetch(`${url}/__admin${path}${queryOf(query)}`, {
      method,
      headers: { ...authorization, ...(body !== undefined && { 'content-type': 'application/json' }) },
      redirect: 'manual',
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    }).catch((error: Error) => {
      if (signal?.aborted) throw error
      throw new ConnectionError(server, 'no-connection', `nobody answers (${reasonOf(error)}).`, error)
    })
    if (response.ok) return response
    throw refusalOf(server, sandbox, response.status, await response.text().catch(() => ''))
  }

  return {
    url,
    of: (other) => transportTo(server, token, other),
    open,
    async call<T>(method: string, path: string, message?: Message): Promise<T> {
      const response = await open(method, path, message)
      const text = await response.text()
      if (text === '') return undefined as T
      return parse(text) ?? stranger(server, response.status)
    },
  }
}

/** The query of filters; what is undefined is left out. */
function queryOf(fields: object): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) query.set(name, String(value))
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}

interface Refusal {
  readonly error: string
  readonly message: string
  readonly problems?: readonly Problem[]
}

function refusalOf(server: string, sandbox: string | null, status: number, text: string): FakeForgeError {
  const refusal = parse<Refusal>(text)
  if (typeof refusal?.error !== 'string') return stranger(server, status)
  const { error, message, problems = [] } = refusal
  if (error === 'invalid-fixture') return new FixtureError('the posted fixture', problems)
  if (error === 'invalid-state') return new StateError(problems)
  if (error === 'sandbox-missing' && sandbox !== null) return new SandboxGoneError(sandbox)
  return new ControlPlaneError(status, error, message)
}

function stranger(server: string, status: number): never {
  throw new ConnectionError(
    server,
    'not-fakeforge',
    `what answers there (with ${status}) is no control plane of fakeforge.`,
  )
}

function parse<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T
  } catch {
    return undefined
  }
}

/** fetch hides the reason: `fetch failed`, caused by `connect ECONNREFUSED 127.0.0.1:4747`, or by several of them. */
function reasonOf({ message, cause }: Error): string {
  if (cause instanceof AggregateError) return cause.errors.map((error: Error) => error.message).join(', ')
  return cause instanceof Error ? cause.message : message
}
