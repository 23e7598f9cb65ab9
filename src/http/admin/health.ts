import type { FastifyInstance } from 'fastify'
import { version } from '../../version.ts'
import type { AdminOptions } from './index.ts'

/** `GET /health` for wait-scripts, `GET /version` for people. */
export function registerHealth(app: FastifyInstance, options: AdminOptions): void {
  app.get('/health', async () => ({ status: 'ok' }))
  app.get('/version', async () => readVersion(options))
}

/** What the server is, and which version of each vendor it imitates. */
export function readVersion({ vendors }: AdminOptions) {
  const profiles = Object.fromEntries(vendors.map(({ id, profile }) => [id, profile]))
  return { name: 'fakeforge' as const, version, vendors: profiles }
}
