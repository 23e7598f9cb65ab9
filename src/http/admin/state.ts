import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { Sandbox } from '../../forge/sandbox.ts'
import type { AdminOptions } from './index.ts'
import { knownProfiles } from './posted-fixture.ts'

/**
 * `GET|PUT /state`: the world that the request addresses, out and in. What is put in is taken on as a snapshot is: a reset
 * still goes back to where the world began.
 */
export function registerState(app: FastifyInstance, options: AdminOptions): void {
  app.get('/state', async ({ sandbox }, reply) => {
    // Loaded on first need, as all that reads and writes packs is.
    const { writeState } = await import('../../forge/state/write.ts')
    const text = Readable.from(writeState(sandbox.capture()), { objectMode: false })
    return reply.type('application/json').send(text)
  })

  app.put('/state', { bodyLimit: options.stateLimit }, async ({ sandbox, body }, reply) => {
    await takeState(options, sandbox, body)
    return reply.code(204).send()
  })
}

/** Makes a world what a state says, whatever `given` is. Throws StateError, and nothing has changed then. */
export async function takeState(options: AdminOptions, sandbox: Sandbox, given: unknown): Promise<void> {
  const { projectStates: vendorSchemas, stateLimit: limit } = options
  const { readState } = await import('../../forge/state/read.ts')
  sandbox.restore(await readState(given, { vendorSchemas, profiles: knownProfiles(options), limit }))
}
