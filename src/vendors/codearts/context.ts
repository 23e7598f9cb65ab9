import type { FastifyInstance, FastifyRequest } from 'fastify'
import { fail } from '../../failure.ts'
import type { Identity } from '../../forge/identity.ts'
import type { User } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import type { ProjectSpec } from '../../forge/spec.ts'
import { originOf, rawQuery } from '../../http/origin.ts'
import type { VendorSettings } from '../vendor.ts'
import { type Action, demandAccess, demandAction, type Need } from './access.ts'
import { type Dialect, sendRefusal } from './answers.ts'
import { type Credential, findCredential, settle } from './auth.ts'
import { rawBodyOf } from './body.ts'
import { UNKNOWN_ROUTE } from './errors.ts'
import { parseQuery } from './query.ts'
import { type Quirks, readQuirks } from './quirks.ts'

/** What a call wants to be checked once its parameters have been found to fit. */
export interface Endpoint {
  /** In the repository of the path (`:repository_id`, or `:group_name` and `:repository_name`); absent: the path names none. */
  readonly needs?: Need
  readonly action?: Action
  /** No credential is asked for. */
  readonly open?: boolean
}

export interface Context {
  readonly identity: Identity & { readonly user: User }
  readonly quirks: Quirks
  /** Scheme, host and context path: what addresses begin with. */
  readonly base: string
}

declare module 'fastify' {
  interface FastifyContextConfig {
    codearts?: Endpoint
  }
  interface FastifyRequest {
    codearts: Context
    /** The repository that the path names, for calls that need one. */
    codeartsProject: Project
  }
}

const credentials = new WeakMap<FastifyRequest, Credential>()

/**
 * Checks each request in one order: the route, who asks, the path's id, query and body, the repository, the caller's role
 * in it, and at last whatever the call itself demands.
 */
export function addContext(app: FastifyInstance, settings: VendorSettings, dialect: Dialect): void {
  const quirks = readQuirks(settings.quirks)
  app.decorateRequest('codearts', null as unknown as Context)
  app.decorateRequest('codeartsProject', null as unknown as Project)
  app.addHook('onRequest', async (request, reply) => {
    // HEAD is a method that nothing is published with.
    if (request.is404 || request.method === 'HEAD') return sendRefusal(request, reply, UNKNOWN_ROUTE, dialect)
    if (!endpointOf(request).open) credentials.set(request, findCredential(request))
    return undefined
  })
  app.addHook('preValidation', async (request) => {
    const body = rawBodyOf(request)
    const credential = credentials.get(request)
    if (credential) {
      const { user, token } = settle(request, credential, body.bytes, quirks)
      if (!user) return fail('credential-missing', {})
      request.caller = user.username
      request.codearts = { identity: { user, token }, quirks, base: originOf(request) + settings.prefix }
    }
    request.query = parseQuery(rawQuery(request))
    request.body = body
  })
  app.addHook('preHandler', async (request) => {
    const { needs, action } = endpointOf(request)
    if (needs) await openProject(request, needs, action)
    else if (action) demandAction(request.codearts.identity, action)
  })
}

async function openProject(request: FastifyRequest, needs: Need, action: Action | undefined): Promise<void> {
  const { identity, quirks } = request.codearts
  const spec = findSpec(request)
  if (spec.source.kind === 'none') fail('repository-missing', { project: spec.path })
  demandAccess(identity, spec, needs, quirks)
  demandAction(identity, action)
  request.codeartsProject = await request.forge.open(spec)
}

function findSpec({ params, forge }: FastifyRequest): ProjectSpec {
  const {
    repository_id: id,
    group_name,
    repository_name,
  } = params as Record<string, string> & {
    repository_id?: number
  }
  const key = id ?? `${group_name}/${repository_name}`
  return forge.spec(key) ?? fail('project-missing', { project: String(key) })
}

function endpointOf(request: FastifyRequest): Endpoint {
  return request.routeOptions.config.codearts ?? {}
}
