import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { LoadedFixture } from '../../forge/fixture/load.ts'
import type { Origin, Sandbox } from '../../forge/sandbox.ts'
import { originOf as originOfFixture, type Worlds } from '../../forge/worlds.ts'
import { originOf } from '../origin.ts'
import { SANDBOX_ROOT } from '../sandbox-address.ts'
import { projectUrls, vendorUrls } from './addresses.ts'
import { refuse } from './admin-error.ts'
import type { AdminOptions } from './index.ts'
import { fieldsOf } from './json-body.ts'
import { readPostedFixture } from './posted-fixture.ts'
import { findSnapshot } from './snapshots.ts'

/** Isolated worlds beside the server's own: made from the initial world, a snapshot or a fixture, and dropped again. */
export function registerSandboxes(app: FastifyInstance, options: AdminOptions): void {
  const { worlds } = options

  app.post('/sandboxes', async (request, reply) => {
    const { fixture, snapshot, ttl } = fieldsOf(request.body, ['fixture', 'snapshot', 'ttl'])
    const load = () => readPostedFixture(fixture, options)
    const origin = await findOrigin(worlds, { fixture, snapshot }, load)
    const body = present(createSandbox(worlds, origin, ttl), request, options)
    return reply.code(201).header('location', body.admin).send(body)
  })

  app.get('/sandboxes', async (request) => ({
    sandboxes: worlds.sandboxes.map((sandbox) => present(sandbox, request, options)),
  }))

  app.get<{ Params: { id: string } }>('/sandboxes/:id', async (request) =>
    present(worlds.sandbox(request.params.id) ?? missing(request.params.id), request, options),
  )

  app.delete<{ Params: { id: string } }>('/sandboxes/:id', async ({ params: { id } }, reply) => {
    if (!worlds.removeSandbox(id)) missing(id)
    return reply.code(204).send()
  })
}

/** `ttl` in seconds. Throws ControlPlaneError when it is none, and when there are too many sandboxes. */
export function createSandbox(worlds: Worlds, origin: Origin, ttl: unknown): Sandbox {
  const sandbox = worlds.createSandbox(origin, ttl === undefined ? undefined : secondsOf(ttl) * 1000)
  return (
    sandbox ??
    refuse(409, 'too-many-sandboxes', 'There are too many sandboxes: remove some, or raise --sandbox-limit.')
  )
}

/** What a sandbox is to begin with. Throws ControlPlaneError, and FixtureError where `load` does. */
export async function findOrigin(
  worlds: Worlds,
  { fixture, snapshot }: { readonly fixture?: unknown; readonly snapshot?: unknown },
  load: () => Promise<LoadedFixture>,
): Promise<Origin> {
  if (fixture !== undefined && snapshot !== undefined)
    refuse(422, 'invalid-body', 'A sandbox starts from a fixture or from a snapshot, not both.')
  if (fixture !== undefined) return originOfFixture(await load(), worlds.initial.clock)
  if (snapshot === undefined) return worlds.initial
  return findSnapshot(worlds, String(snapshot))
}

function present(sandbox: Sandbox, request: FastifyRequest, { vendors }: AdminOptions) {
  const { id, createdAt, expiresAt } = sandbox
  const url = `${originOf(request).replace(/\/__sandbox\/[^/]+$/, '')}${SANDBOX_ROOT}/${id}`
  return {
    id,
    url,
    admin: `${url}/__admin`,
    header: { 'X-Fakeforge-Sandbox': id },
    vendors: vendorUrls(url, vendors),
    projects: sandbox.specs.map((spec) => projectUrls(url, vendors, spec)),
    createdAt: new Date(createdAt).toISOString(),
    expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
  }
}

function secondsOf(ttl: unknown): number {
  return typeof ttl === 'number' && ttl > 0 && ttl < 1e9
    ? ttl
    : refuse(422, 'invalid-body', 'ttl must be a number of seconds above 0.')
}

function missing(id: string): never {
  return refuse(404, 'sandbox-missing', `There is no sandbox ${id}.`)
}
