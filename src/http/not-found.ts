import type { FastifyInstance } from 'fastify'

/** Answers paths that belong to nobody: a short hint for whoever mistyped a base URL. */
export function registerNotFound(app: FastifyInstance, basePaths: Readonly<Record<string, string>>): void {
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({
      error: 'not-found',
      message: `Nothing answers ${request.method} ${request.url.split('?')[0]}.`,
      vendors: basePaths,
    }),
  )
}
