import type { FastifyInstance } from 'fastify'

/** The endpoints that wait-scripts poll; they are Rails routes, not part of the API. */
export function registerHealth(app: FastifyInstance): void {
  app.get('/-/health', (_request, reply) => reply.type('text/plain; charset=utf-8').send('GitLab OK'))
  app.get('/-/liveness', async () => ({ status: 'ok' }))
  app.get('/-/readiness', async () => ({ status: 'ok', master_check: [{ status: 'ok' }] }))
}
