import type { FastifyInstance } from 'fastify'
import type { VendorSettings } from '../vendor.ts'
import { addContext } from './context.ts'
import { readQuirks } from './quirks.ts'
import { addRouteTable, RouteTable } from './route-table.ts'
import { answerUnknownRoutes, speakGitFlic } from './speak.ts'
import { registerTags } from './tags.ts'

/** Registers the routes of tags alone, as the service has them. */
export async function mountGitFlicTags(app: FastifyInstance, settings: VendorSettings): Promise<void> {
  const switches = readQuirks(settings.quirks)
  const table = new RouteTable()
  speakGitFlic(app, switches)
  addContext(app, switches, settings.prefix)
  await app.register(async (api) => {
    addRouteTable(api, table)
    registerTags(api, switches)
  })
  await app.register(async (root) => answerUnknownRoutes(root, table), { prefix: '/project' })
}
