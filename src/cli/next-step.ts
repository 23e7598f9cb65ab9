import { ConnectionError } from '../client/connection-error.ts'
import type { FakeForgeError } from '../fake-forge-error.ts'

const steps: Readonly<Record<string, string>> = {
  'not-fakeforge': 'Name the address of a server: --url URL, or FAKEFORGE_URL.',
  'sandbox-missing': 'Those that there are: fakeforge sandbox ls',
  'snapshot-missing': 'Those that there are: fakeforge snapshot ls',
  'too-many-snapshots': 'Delete one: fakeforge snapshot rm NAME',
  'not-strict': 'Start it with --strict, or FAKEFORGE_STRICT=true.',
  unauthorized: 'Give it: --admin-token TOKEN, or FAKEFORGE_ADMIN_TOKEN.',
  'foreign-host': 'Name the server by an address, localhost or a name without dots: --url URL.',
}

/** What to do about a failure; undefined when its message says so already. */
export function nextStep(error: FakeForgeError): string | undefined {
  if (error instanceof ConnectionError && error.code === 'no-connection') return start(error.url)
  return steps[error.code]
}

/** Loopback can be served from here; anything else is somebody else's. */
function start(url: string): string {
  const { hostname, port } = new URL(url)
  if (!/^(localhost|\[::1\]|127\.[\d.]+)$/.test(hostname))
    return 'Is the server running, and the address right? --url URL, or FAKEFORGE_URL, names another.'
  const flag = port === '4747' ? '' : ` --port ${port || '80'}`
  return `Start a server: fakeforge${flag}. Or name the one that runs: --url URL, or FAKEFORGE_URL.`
}
