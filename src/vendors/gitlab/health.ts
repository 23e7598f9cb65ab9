import type { FastifyInstance } from 'fastify'

/** The endpoints that wait-scripts poll; they are Rails routes, not part of the API. */
export function registerHealth(app: FastifyInstance): void {
  app.get('/-/health', { config: { operation: 'gitlab.getHealth' } }, (_request, reply) =>
    reply.type('text/plain; charset=utf-8').send('GitLab OK'),
  )
  app.get('/-/liveness', { config: { operation: 'gitlab.getLiveness' } }, async () => ({ status: 'ok' }))
  app.get('/-/readiness', { config: { operation: 'gitlab.getReadiness' } }, async () => ({
    status: 'ok',
    master_check: [{ status: 'ok' }],
  }))
}
