import Fastify from 'fastify'
import type { VendorEvidence } from '../../src/vendors/evidence.ts'
import type { Vendor } from '../../src/vendors/vendor.ts'

export interface RegisteredRoute {
  readonly operation: string
  readonly method: string
  readonly url: string
}

/** The routes that a vendor registers, the ones for HEAD that Fastify adds to each of GET among them. */
export async function registeredRoutes(
  vendor: Vendor,
  profile = vendor.profiles[0] ?? '',
  quirks: ReadonlySet<string> = new Set(),
): Promise<RegisteredRoute[]> {
  const routes: RegisteredRoute[] = []
  const app = Fastify({ routerOptions: { maxParamLength: 1000 } })
  app.decorate('publicUrl', null)
  app.addHook('onRoute', ({ method, url, config }) => {
    routes.push({ operation: config?.operation ?? '', method: String(method), url })
  })
  await vendor.mount(app, { profile, quirks, prefix: '' })
  return routes
}

/** The names of all operations that a vendor has in any of its profiles, with and without its quirks. */
export async function registeredOperations(vendor: Vendor): Promise<string[]> {
  const names = new Set<string>()
  for (const profile of vendor.profiles) {
    for (const quirks of [new Set<string>(), new Set(vendor.quirks.map(({ name }) => name))]) {
      for (const { operation } of await registeredRoutes(vendor, profile, quirks))
        if (operation !== '') names.add(operation)
    }
  }
  return [...names].sort()
}

/** Refusals and orderings that no operation ends in or follows, and those that it does but nobody has described. */
export function looseNames({ operations, everywhere, refusals, orderings }: VendorEvidence): string[] {
  const all = Object.values(operations)
  const used = new Set<string>([...everywhere.refusals, ...all.flatMap((operation) => operation.refusals)])
  const sorted = new Set<string>(all.flatMap((operation) => operation.orderings ?? []))
  return [...differences(used, Object.keys(refusals)), ...differences(sorted, Object.keys(orderings))]
}

function differences(used: ReadonlySet<string>, known: readonly string[]): string[] {
  return [...known.filter((name) => !used.has(name)), ...[...used].filter((name) => !known.includes(name))]
}
