/** What is known of each operation of the vendors of one server. Loaded when somebody asks. */
import type { VendorDescription } from '../../vendors/description.ts'
import type { VendorEvidence } from '../../vendors/evidence.ts'
import { describedRoutes } from '../openapi/described-routes.ts'
import type { Operations } from '../operations.ts'
import { assembleCoverage, type CoverageFacts } from './assemble.ts'
import type { Coverage } from './coverage.ts'
import { gitEvidence } from './git-evidence.ts'

/** A vendor as it is mounted. */
export interface CoveredVendor {
  readonly id: string
  readonly title: string
  readonly prefix: string
  readonly profile: string
  readonly describe: () => Promise<VendorDescription>
  readonly evidence: () => Promise<VendorEvidence>
}

export async function readCoverage(
  vendors: readonly CoveredVendor[],
  operations: Operations,
): Promise<Coverage> {
  await operations.learn()
  const facts = await Promise.all(vendors.map((vendor) => factsOf(vendor, operations)))
  return assembleCoverage([...facts, gitFacts])
}

async function factsOf(vendor: CoveredVendor, operations: Operations): Promise<CoverageFacts> {
  const { id, title, prefix, profile } = vendor
  const [evidence, { bases, wildcards }] = await Promise.all([vendor.evidence(), vendor.describe()])
  const registered = operations.routesOf(id)
  const routes = new Map<string, string[]>()
  for (const route of describedRoutes(registered, { prefix, bases, wildcards, unlisted: [] })) {
    const name = `${id}.${route.operation}`
    const address = `${route.method.toUpperCase()} ${prefix}${route.path}`
    // A vendor's routes for tags may have been registered once by themselves.
    routes.set(name, [...new Set([...(routes.get(name) ?? []), address])])
  }
  // What is left says what others do, and is at all of their addresses.
  for (const { operation, methods } of registered)
    if (!routes.has(operation)) routes.set(operation, [`${methods.join(', ')} …`])
  return { vendor: id, title, profile, evidence, routes }
}

const gitFacts: CoverageFacts = {
  vendor: 'git',
  title: 'git over HTTP',
  profile: null,
  evidence: gitEvidence,
  routes: new Map([
    ['git.advertiseRefs', ['GET …/info/refs']],
    ['git.uploadPack', ['POST …/git-upload-pack']],
    ['git.receivePack', ['POST …/git-receive-pack']],
  ]),
}
