import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { LoadedFixture } from '../../forge/fixture/load.ts'
import type { Origin, Sandbox } from '../../forge/sandbox.ts'
import type { ProjectSpec } from '../../forge/spec.ts'
import { originOf as originOfFixture, type Worlds } from '../../forge/worlds.ts'
import { originOf } from '../origin.ts'
import { SANDBOX_ROOT } from '../sandbox-address.ts'
import { projectUrls, vendorUrls } from './addresses.ts'
import { refuse } from './admin-error.ts'
import type { AdminOptions } from './index.ts'
import { fieldsOf } from './json-body.ts'
import { readPostedFixture } from './posted-fixture.ts'
import { SandboxText } from './sandbox-text.ts'
import { findSnapshot } from './snapshots.ts'

/** Isolated worlds beside the server's own: made from the initial world, a snapshot or a fixture, and dropped again. */
export function registerSandboxes(app: FastifyInstance, options: AdminOptions): void {
  const { worlds } = options
  const text = new SandboxText((id, base, specs) => addressesOf(id, base, specs, options))

  app.post('/sandboxes', async (request, reply) => {
    const { fixture, snapshot, ttl } = fieldsOf(request.body, ['fixture', 'snapshot', 'ttl'])
    const load = () => readPostedFixture(fixture, options)
    const origin = await findOrigin(worlds, { fixture, snapshot }, load)
    const sandbox = createSandbox(worlds, origin, ttl)
    const base = baseOf(request)
    return reply
      .code(201)
      .header('location', `${base}${SANDBOX_ROOT}/${sandbox.id}/__admin`)
      .type('application/json; charset=utf-8')
      .send(text.write({ id: String(sandbox.id), ...datesOf(sandbox) }, base, sandbox.specs))
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
  if (typeof snapshot !== 'string') return refuse(422, 'invalid-body', 'snapshot must be the name of one.')
  return findSnapshot(worlds, snapshot)
}

function present(sandbox: Sandbox, request: FastifyRequest, options: AdminOptions) {
  return {
    ...addressesOf(String(sandbox.id), baseOf(request), sandbox.specs, options),
    ...datesOf(sandbox),
  }
}

/** The server's own address, even where the request is for a sandbox. */
function baseOf(request: FastifyRequest): string {
  return originOf(request).replace(/\/__sandbox\/[^/]+$/, '')
}

function addressesOf(id: string, base: string, specs: readonly ProjectSpec[], { vendors }: AdminOptions) {
  const url = `${base}${SANDBOX_ROOT}/${id}`
  return {
    id,
    url,
    admin: `${url}/__admin`,
    header: { 'X-Fakeforge-Sandbox': id },
    vendors: vendorUrls(url, vendors),
    projects: specs.map((spec) => projectUrls(url, vendors, spec)),
  }
}

function datesOf({ createdAt, expiresAt }: Sandbox) {
  return {
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
