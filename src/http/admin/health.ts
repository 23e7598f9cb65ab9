import type { FastifyInstance } from 'fastify'
import { version } from '../../version.ts'
import type { AdminOptions } from './index.ts'

/** `GET /health` for wait-scripts, `GET /version` for people. */
export function registerHealth(app: FastifyInstance, { vendors }: AdminOptions): void {
  app.get('/health', async () => ({ status: 'ok' }))
  app.get('/version', async () => ({
    name: 'fakeforge',
    version,
    vendors: Object.fromEntries(vendors.map(({ id, profile }) => [id, profile])),
  }))
}
