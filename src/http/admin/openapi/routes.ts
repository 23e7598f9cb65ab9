import type { ControlRoute, Vocabulary } from './control-route.ts'
import { faultRoutes } from './fault-routes.ts'
import { journalRoutes } from './journal-routes.ts'
import { sandboxRoutes } from './sandbox-routes.ts'
import { serverRoutes } from './server-routes.ts'
import { webhookRoutes } from './webhook-routes.ts'
import { worldRoutes } from './world-routes.ts'

/** The table of all control routes. A route that is registered and not in it fails a test, and so does the reverse. */
export function controlRoutes(vocabulary: Vocabulary): readonly ControlRoute[] {
  return [
    ...serverRoutes,
    ...worldRoutes,
    ...sandboxRoutes,
    ...journalRoutes(vocabulary),
    ...faultRoutes(vocabulary),
    ...webhookRoutes,
  ]
}
