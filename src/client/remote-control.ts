import { ControlPlaneError, SandboxGoneError } from '../control-plane-error.ts'
import type { VendorId } from '../options.ts'
import { withCredentials } from './clone-url.ts'
import type { Control, SandboxControl, SandboxFacts, SandboxOptions, VendorAddress } from './control.ts'
import { remoteJournal } from './remote-journal.ts'
import { remoteClock, remoteFaults, remoteWebhooks } from './remote-world.ts'
import type { Transport } from './transport.ts'

/** Where vendors are, as the server says it; it may know itself under another name than its client does. */
export interface Addresses {
  readonly url: string
  readonly vendors: Readonly<Record<string, string>>
}

/** The world behind a transport. */
export function remoteControl(transport: Transport, addresses: Addresses): Control {
  const { call, url } = transport
  const vendor = (id: VendorId) => addressOf(transport, addresses, id)
  const snapshotPath = (name: string) => `/snapshots/${encodeURIComponent(name)}`
  return {
    url,
    gitlab: vendor('gitlab'),
    bitbucket: vendor('bitbucket'),
    gitflic: vendor('gitflic'),
    codearts: vendor('codearts'),
    clock: remoteClock(transport),
    journal: remoteJournal(transport),
    faults: remoteFaults(transport),
    webhooks: remoteWebhooks(transport),
    reset: (fixture) => call('POST', '/reset', { body: fixture }),
    state: () => call('GET', '/state'),
    setState: (state) => call('PUT', '/state', { body: state }),
    snapshot: async (name) => void (await call('PUT', snapshotPath(name))),
    restore: (name) => call('POST', `${snapshotPath(name)}/restore`),
    snapshots: async () => (await call<{ snapshots: string[] }>('GET', '/snapshots')).snapshots,
    deleteSnapshot: (name) => call('DELETE', snapshotPath(name)),
    sandbox: (options = {}) => openSandbox(transport, options),
    sandboxes: async () => {
      const { sandboxes } = await call<{ sandboxes: (SandboxFacts & Addresses)[] }>('GET', '/sandboxes')
      return sandboxes.map((sandbox) => factsOf(transport, sandbox))
    },
    health: () => call('GET', '/health'),
    version: () => call('GET', '/version'),
    coverage: () => call('GET', '/coverage'),
  }
}

async function openSandbox(transport: Transport, options: SandboxOptions): Promise<SandboxControl> {
  const made = await transport.call<SandboxFacts & Addresses>('POST', '/sandboxes', { body: options })
  return remoteSandbox(transport.of(made.id), made)
}

/** The world of a sandbox. `facts` is what the server says about it. */
export function remoteSandbox(transport: Transport, facts: SandboxFacts & Addresses): SandboxControl {
  const own = transport.of(null)
  const close = () => own.call<void>('DELETE', `/sandboxes/${facts.id}`).catch(forgiveAbsence)
  return {
    ...remoteControl(transport, facts),
    ...factsOf(transport, facts),
    close,
    [Symbol.asyncDispose]: close,
  }
}

function factsOf(transport: Transport, { id, createdAt, expiresAt }: SandboxFacts): SandboxFacts {
  return { id, url: transport.of(id).url, createdAt, expiresAt }
}

function forgiveAbsence(error: unknown): void {
  if (error instanceof SandboxGoneError) return
  if (!(error instanceof ControlPlaneError) || error.code !== 'sandbox-missing') throw error
}

function addressOf(transport: Transport, { url, vendors }: Addresses, id: VendorId): VendorAddress {
  const ownUrl = (address: string) => transport.url + address.slice(url.length)
  return {
    url: ownUrl(vendors[id] ?? url),
    cloneUrl: async (project, credentials) => {
      const path = `/addresses/${encodeURIComponent(project)}`
      const { url: base, clone } = await transport.call<{ url: string; clone: Record<string, string> }>(
        'GET',
        path,
      )
      return withCredentials(transport.url + (clone[id] ?? base).slice(base.length), credentials)
    },
  }
}
