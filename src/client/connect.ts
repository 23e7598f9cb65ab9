import type { Control, SandboxControl, SandboxFacts } from './control.ts'
import { type Addresses, remoteControl, remoteSandbox } from './remote-control.ts'
import { transportTo } from './transport.ts'

export interface ConnectOptions {
  /** What the server was given as `--admin-token`. */
  readonly token?: string
  /** The id of a sandbox, to get that world instead of the server's own. */
  readonly sandbox?: string
}

/**
 * Speaks to a server that runs elsewhere, at `http://localhost:4747`. Throws ConnectionError when nobody answers there, and
 * SandboxGoneError when it has no such sandbox.
 */
export function connect(
  url: string,
  options: ConnectOptions & { readonly sandbox: string },
): Promise<SandboxControl>
export function connect(url: string, options?: ConnectOptions): Promise<Control>
export async function connect(url: string, { token, sandbox }: ConnectOptions = {}): Promise<Control> {
  const server = url.replace(/\/+$/, '').replace(/\/__admin$/, '')
  const transport = transportTo(server, token, sandbox ?? null)
  if (sandbox === undefined)
    return remoteControl(transport, await transport.call<Addresses>('GET', '/addresses'))
  const path = `/sandboxes/${encodeURIComponent(sandbox)}`
  return remoteSandbox(transport, await transport.call<SandboxFacts & Addresses>('GET', path))
}
