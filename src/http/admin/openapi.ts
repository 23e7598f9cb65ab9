import type { FastifyInstance, FastifyRequest } from 'fastify'
import { originOf } from '../origin.ts'
import type { AdminOptions } from './index.ts'

/** `GET /openapi.json` and `GET /openapi/admin.json`: the control plane itself, described. */
export function registerOpenApi(app: FastifyInstance, options: AdminOptions): void {
  const { vendors, operations, faults, token } = options

  async function describe(request: FastifyRequest) {
    const [{ describeControlPlane }] = await Promise.all([
      import('./openapi/document.ts'),
      operations.learn(),
    ])
    return describeControlPlane({
      origin: originOf(request),
      vocabulary: {
        vendors: vendors.map(({ id }) => id),
        operations: operations.names,
        scenarios: [...faults.scenarios.keys()],
      },
      asksForToken: token !== null,
    })
  }

  app.get('/openapi.json', describe)
  app.get('/openapi/admin.json', describe)
}
