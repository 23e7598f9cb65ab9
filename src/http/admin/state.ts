import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { AdminOptions } from './index.ts'
import { knownProfiles } from './posted-fixture.ts'

/**
 * `GET|PUT /state`: the world that the request addresses, out and in. What is put in is taken on as a snapshot is: a reset
 * still goes back to where the world began.
 */
export function registerState(app: FastifyInstance, options: AdminOptions): void {
  const { stateLimit, projectStates } = options

  app.get('/state', async ({ sandbox }, reply) => {
    // Loaded on first need, as all that reads and writes packs is.
    const { writeState } = await import('../../forge/state/write.ts')
    const text = Readable.from(writeState(sandbox.capture()), { objectMode: false })
    return reply.type('application/json').send(text)
  })

  app.put('/state', { bodyLimit: stateLimit }, async ({ sandbox, body }, reply) => {
    const [{ readState }, { StateError }] = await Promise.all([
      import('../../forge/state/read.ts'),
      import('../../forge/state/problem.ts'),
    ])
    try {
      const profiles = knownProfiles(options)
      sandbox.restore(await readState(body, { vendorSchemas: projectStates, profiles, limit: stateLimit }))
    } catch (error) {
      if (!(error instanceof StateError)) throw error
      const { message, problems } = error
      return reply.code(422).send({ error: 'invalid-state', message, problems })
    }
    return reply.code(204).send()
  })
}
