import type { FastifyInstance } from 'fastify'
import type { Coverage } from '../coverage/coverage.ts'
import type { AdminOptions } from './index.ts'

/** `GET /coverage`: what each operation can answer, and where that is known from. */
export function registerCoverage(app: FastifyInstance, options: AdminOptions): void {
  app.get('/coverage', () => tellCoverage(options))
}

export async function tellCoverage({ vendors, operations }: AdminOptions): Promise<Coverage> {
  const { readCoverage } = await import('../coverage/read.ts')
  return readCoverage(vendors, operations)
}
