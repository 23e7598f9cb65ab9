import type { FastifyInstance } from 'fastify'
import { buildApp } from '../app.ts'
import { libraryOptions, type Options } from '../options.ts'

/** A server that listens, without anything to control it by. */
export interface OpenServer {
  readonly app: FastifyInstance
  /** Where it listens: `http://127.0.0.1:4747`. */
  readonly url: string
  readonly port: number
}

/** Throws FixtureError, UsageError, and what Node throws when the port is taken; nothing is left open then. */
export async function openServer(options: Partial<Options>): Promise<OpenServer> {
  const { port, host } = { ...libraryOptions, ...options }
  const app = await buildApp(options)
  await app.listen({ port, host }).catch(async (error: unknown) => {
    await app.close()
    throw error
  })
  const address = app.server.address()
  const bound = typeof address === 'object' && address ? address.port : port
  return { app, url: `http://${urlHost(host)}:${bound}`, port: bound }
}

/** The host as it stands in a URL that works from this machine. */
function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}
