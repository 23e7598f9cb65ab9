import type { FastifyInstance, FastifyRequest } from 'fastify'
import { originOf } from '../origin.ts'
import { refuse } from './admin-error.ts'
import type { AdminOptions } from './index.ts'

/**
 * `GET /openapi.json` and `GET /openapi/admin.json`: the control plane itself, described. `GET /openapi/{vendor}.json`: a
 * vendor's API as it is mounted here.
 */
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

  app.get<{ Params: { vendor: string } }>('/openapi/:vendor.json', async (request) => {
    const { vendor: id } = request.params
    const vendor = vendors.find((each) => each.id === id)
    if (!vendor) return refuse(404, 'vendor-missing', `There is no vendor ${JSON.stringify(id)}.`)
    const [{ describeVendorApi }, description, evidence] = await Promise.all([
      import('../openapi/document.ts'),
      vendor.describe(),
      vendor.evidence(),
      operations.learn(),
    ])
    const { title, profile, prefix } = vendor
    const routes = operations.routesOf(id)
    return describeVendorApi({
      title,
      profile,
      prefix,
      routes,
      vendor: description,
      evidence,
      origin: originOf(request),
    })
  })
}
