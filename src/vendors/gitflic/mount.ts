import type { FastifyInstance } from 'fastify'
import type { VendorSettings } from '../vendor.ts'
import { registerBranches } from './branches.ts'
import { registerCommits } from './commits.ts'
import { addContext } from './context.ts'
import { registerCompanies, registerTeams } from './owners.ts'
import { registerProjects } from './projects.ts'
import { type Quirks, readQuirks } from './quirks.ts'
import { registerReleases } from './releases.ts'
import { ROOTS } from './roots.ts'
import { addRouteTable, RouteTable } from './route-table.ts'
import { answerUnknownRoutes, speakGitFlic } from './speak.ts'
import { registerTagProtection } from './tag-protection.ts'
import { registerTags } from './tags.ts'
import { registerUsers } from './users.ts'
import { registerWebhooks } from './webhooks.ts'

/** Registers all routes; loaded with the first request for one of them. */
export async function mountGitFlic(app: FastifyInstance, settings: VendorSettings): Promise<void> {
  const switches = readQuirks(settings.quirks)
  const table = new RouteTable()
  speakGitFlic(app, switches)
  addContext(app, switches, settings.prefix)
  for (const prefix of ['', '/rest-api']) {
    await app.register(
      async (api) => {
        addRouteTable(api, table)
        registerRoutes(api, switches)
      },
      { prefix },
    )
  }
  for (const prefix of ROOTS) {
    await app.register(async (root) => answerUnknownRoutes(root, table), { prefix })
  }
}

function registerRoutes(api: FastifyInstance, switches: Quirks): void {
  registerUsers(api, switches)
  registerProjects(api, switches)
  registerTags(api, switches)
  registerBranches(api, switches)
  registerCommits(api, switches)
  registerReleases(api, switches)
  registerWebhooks(api, switches)
  registerCompanies(api, switches)
  registerTeams(api, switches)
  registerTagProtection(api, switches, 'company')
  registerTagProtection(api, switches, 'team')
}
