import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openProxy } from '../../src/record/proxy.ts'

/** What becomes of a request before it reaches the server. */
export type Guard = (request: IncomingMessage, response: ServerResponse) => 'pass' | 'stop' | Promise<'pass'>

/** A server in front of another one, which lets through what a guard lets through. */
export async function openGate(live: string, guard: Guard) {
  const proxy = openProxy({ live, bodyLimit: 0, onPassed: () => {} })
  const server = createServer(async (request, response) => {
    if ((await guard(request, response)) === 'pass') proxy.emit('request', request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
      proxy.close()
    },
  }
}
