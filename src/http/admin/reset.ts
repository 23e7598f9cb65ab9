import type { FastifyInstance } from 'fastify'
import { originOf } from '../../forge/worlds.ts'
import type { AdminOptions } from './index.ts'
import { readPostedFixture } from './posted-fixture.ts'

/**
 * `POST /reset`: the world that the request addresses goes back to its beginning; with a fixture as JSON body, to that
 * world. Afterwards nothing of before can be seen.
 */
export function registerReset(app: FastifyInstance, options: AdminOptions): void {
  const { worlds } = options
  app.post('/reset', async ({ body, sandbox }, reply) => {
    if (body === undefined || body === null) sandbox.reset()
    else sandbox.restore(await originOf(await readPostedFixture(body, options), worlds.initial.clock))
    return reply.code(204).send()
  })
}
