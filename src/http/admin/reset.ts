import type { FastifyInstance } from 'fastify'
import { validateFixture } from '../../forge/fixture/load.ts'
import { checkRepositoryPaths } from '../../forge/fixture/repository-paths.ts'
import type { AdminOptions } from './index.ts'

/** `POST /reset`: back to the initial world; with a fixture as JSON body, to that world. */
export function registerReset(app: FastifyInstance, { worlds, repoRoot }: AdminOptions): void {
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    if (body.length === 0) return done(null, undefined)
    try {
      done(null, JSON.parse(body as string))
    } catch (error) {
      done(Object.assign(error as Error, { statusCode: 400, code: 'invalid-json' }))
    }
  })
  app.post('/reset', async (request, reply) => {
    if (request.body === undefined || request.body === null) await worlds.reset()
    else {
      const fixture = await validateFixture(request.body, 'the posted fixture')
      const folder = await checkRepositoryPaths(fixture, repoRoot)
      await worlds.reset({ fixture, source: 'the posted fixture', folder })
    }
    return reply.code(204).send()
  })
}
