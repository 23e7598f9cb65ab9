import type { FastifyInstance } from 'fastify'
import type { TSchema } from 'typebox'
import { ControlPlaneError } from '../../control-plane-error.ts'
import { FixtureError } from '../../forge/fixture/problem.ts'
import type { ProjectSpec } from '../../forge/spec.ts'
import { StateError } from '../../forge/state/problem.ts'
import type { Worlds } from '../../forge/worlds.ts'
import type { VendorDescription } from '../../vendors/description.ts'
import type { VendorEvidence } from '../../vendors/evidence.ts'
import type { PageDialect } from '../../vendors/page-dialect.ts'
import type { Faults } from '../faults/faults.ts'
import type { Journals } from '../journal/journals.ts'
import type { Operations } from '../operations.ts'
import { registerAddresses } from './addresses.ts'
import { registerClock } from './clock.ts'
import { registerCoverage } from './coverage.ts'
import { registerFaults } from './faults.ts'
import { registerFindings } from './findings.ts'
import { guardAdmin } from './guard.ts'
import { registerHealth } from './health.ts'
import { readJsonBodies } from './json-body.ts'
import { registerOpenApi } from './openapi.ts'
import { registerRequestStream } from './request-stream.ts'
import { registerRequests } from './requests.ts'
import { registerReset } from './reset.ts'
import { registerSandboxes } from './sandboxes.ts'
import { registerSnapshots } from './snapshots.ts'
import { registerState } from './state.ts'
import { registerWebhooks } from './webhooks.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** What the control plane works on, for whoever controls a server from within its process. */
    control: AdminOptions
  }
}

/** A mounted vendor, as far as the control plane talks about it. */
export interface MountedVendor {
  readonly id: string
  readonly title: string
  /** What comes before each of its routes. */
  readonly prefix: string
  readonly profile: string
  /** All that can be imitated. */
  readonly profiles: readonly string[]
  /** Prefix included. */
  readonly basePath: string
  /** What is known of it beyond its routes; loaded when somebody asks. */
  readonly describe: () => Promise<VendorDescription>
  readonly evidence: () => Promise<VendorEvidence>
  /** The path of a project's clone URL, prefix included; absent when the vendor has no face for git. */
  readonly clonePath?: (spec: ProjectSpec) => string
  /** How its lists go on; loaded when somebody asks. */
  readonly pages?: () => Promise<PageDialect>
}

export interface AdminOptions {
  readonly worlds: Worlds
  readonly token: string | null
  readonly vendors: readonly MountedVendor[]
  /** Largest state that may be posted, bytes. */
  readonly stateLimit: number
  /** What vendors remember of projects, by vendor id. */
  readonly projectStates: ReadonlyMap<string, TSchema>
  /** Folder below which a posted fixture may name repositories; null: nowhere. */
  readonly repoRoot: string | null
  readonly journals: Journals
  readonly faults: Faults
  readonly operations: Operations
  /** Whether clients are judged by what they ask for. */
  readonly isStrict: boolean
}

/** The control plane: what a test suite does to the fake between requests, under `/__admin`. */
export async function admin(app: FastifyInstance, options: AdminOptions): Promise<void> {
  app.setErrorHandler((error: Error & { statusCode?: number; code?: string }, request, reply) => {
    if (error instanceof FixtureError || error instanceof StateError) {
      const { code, message, problems } = error
      return reply.code(422).send({ error: code, message, problems })
    }
    const status = error instanceof ControlPlaneError ? error.status : (error.statusCode ?? 500)
    if (status >= 500) request.log.error(error)
    const message = status >= 500 ? 'Something went wrong inside fakeforge.' : error.message
    return reply.code(status).send({ error: wordOf(error, status), message })
  })
  app.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .send({ error: 'not-found', message: `There is no control route ${request.method} ${request.url}.` }),
  )
  guardAdmin(app, options.token)
  app.addHook('preValidation', ({ method, url }, _reply, done) => {
    if (namesOperations(method, url)) options.operations.learn().then(() => done(), done)
    else done()
  })
  readJsonBodies(app)
  registerHealth(app, options)
  registerOpenApi(app, options)
  registerCoverage(app, options)
  registerAddresses(app, options)
  registerReset(app, options)
  registerClock(app)
  registerSnapshots(app, options)
  registerSandboxes(app, options)
  registerWebhooks(app)
  registerState(app, options)
  registerRequests(app, options)
  registerRequestStream(app, options)
  registerFindings(app, options)
  registerFaults(app, options)
}

/** Whether a control request may name an operation. */
function namesOperations(method: string, url: string): boolean {
  return (method === 'POST' && url.includes('/faults')) || url.includes('operation=')
}

/** What the framework refuses has a word of ours, not one of its codes. */
function wordOf({ code }: { readonly code?: string }, status: number): string {
  if (status >= 500) return 'internal-error'
  if (code !== undefined && !code.startsWith('FST_')) return code
  return status === 413 ? 'too-large' : 'bad-request'
}
