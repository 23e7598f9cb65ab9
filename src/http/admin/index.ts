import type { FastifyInstance } from 'fastify'
import { FixtureError } from '../../forge/fixture/problem.ts'
import type { Worlds } from '../../forge/worlds.ts'
import { guardAdmin } from './guard.ts'
import { registerHealth } from './health.ts'
import { registerReset } from './reset.ts'

export interface AdminOptions {
  readonly worlds: Worlds
  readonly token: string | null
  /** Ids and profiles of the mounted vendors. */
  readonly vendors: Readonly<Record<string, string>>
  /** Folder below which a posted fixture may name repositories; null: nowhere. */
  readonly repoRoot: string | null
}

/** The control plane: what a test suite does to the fake between requests, under `/__admin`. */
export async function admin(app: FastifyInstance, options: AdminOptions): Promise<void> {
  app.setErrorHandler((error: Error & { statusCode?: number; code?: string }, request, reply) => {
    if (error instanceof FixtureError)
      return reply
        .code(422)
        .send({ error: 'invalid-fixture', message: error.message, problems: error.problems })
    const status = error.statusCode ?? 500
    if (status >= 500) request.log.error(error)
    return reply.code(status).send({
      error: error.code ?? 'error',
      message: status >= 500 ? 'Something went wrong inside fakeforge.' : error.message,
    })
  })
  app.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .send({ error: 'not-found', message: `There is no control route ${request.method} ${request.url}.` }),
  )
  guardAdmin(app, options.token)
  registerHealth(app, options)
  registerReset(app, options)
}
