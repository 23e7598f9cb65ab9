import type { FastifyInstance, FastifyRequest } from 'fastify'
import { fail } from '../../failure.ts'
import { signedIn } from '../../forge/identity.ts'
import type { Project } from '../../forge/project.ts'
import type { ProjectSpec } from '../../forge/spec.ts'
import { noteSubject } from '../../http/answer-memo/keep-answers.ts'
import { rawQuery } from '../../http/origin.ts'
import { type Soon, whenThere } from '../../http/soon.ts'
import type { VendorSettings } from '../vendor.ts'
import { type Action, demandAccess, demandAction, type Need } from './access.ts'
import { type Dialect, sendUnknownRoute } from './answers.ts'
import { type Credential, findCredential, settle } from './auth.ts'
import { rawBodyOf } from './body.ts'
import { parseQuery } from './query.ts'
import { readQuirks } from './quirks.ts'
import { Context } from './request-context.ts'

/** What a call wants to be checked once its parameters have been found to fit. */
export interface Endpoint {
  /** In the repository of the path (`:repository_id`, or `:group_name` and `:repository_name`); absent: the path names none. */
  readonly needs?: Need
  readonly action?: Action
  /** No credential is asked for. */
  readonly open?: boolean
}

declare module 'fastify' {
  interface FastifyContextConfig {
    codearts?: Endpoint
  }
  interface FastifyRequest {
    codearts: Context
    /** Found before the body had come. */
    codeartsCredential: Credential | null
    codeartsEndpoint: Endpoint
    /** The repository that the path names, for calls that need one. */
    codeartsProject: Project
  }
}

const NO_DEMANDS: Endpoint = {}

/**
 * Checks each request in one order: the route, who asks, the path's id, query and body, the repository, the caller's role
 * in it, and at last whatever the call itself demands.
 */
export function addContext(app: FastifyInstance, settings: VendorSettings, dialect: Dialect): void {
  const server = { quirks: readQuirks(settings.quirks), prefix: settings.prefix }
  app.decorateRequest('codearts', null as unknown as Context)
  app.decorateRequest('codeartsCredential', null)
  app.decorateRequest('codeartsEndpoint', null as unknown as Endpoint)
  app.decorateRequest('codeartsProject', null as unknown as Project)
  app.addHook('onRequest', (request, reply, done) => {
    // HEAD is a method that nothing is published with.
    if (request.is404 || request.method === 'HEAD')
      return void sendUnknownRoute(request, reply, 'unknown-route', dialect)
    request.codeartsEndpoint = request.routeOptions.config.codearts ?? NO_DEMANDS
    if (!request.codeartsEndpoint.open) request.codeartsCredential = findCredential(request)
    done()
  })
  app.addHook('preValidation', (request, _reply, done) => {
    const body = rawBodyOf(request)
    const { codeartsCredential: credential } = request
    if (credential) {
      const identity = signedIn(settle(request, credential, body.bytes, server.quirks))
      request.caller = identity.user.username
      request.codearts = new Context(request, identity, server)
    }
    request.query = parseQuery(rawQuery(request))
    request.body = body
    done()
  })
  app.addHook('preHandler', (request, _reply, done) => {
    const { needs, action } = request.codeartsEndpoint
    if (needs) {
      const opened = openProject(request, needs, action)
      if (opened instanceof Promise) return opened
    } else if (action) demandAction(request.codearts.identity, action)
    done()
  })
}

function openProject(request: FastifyRequest, needs: Need, action: Action | undefined): Soon<void> {
  const { codearts, forge } = request
  const { identity, quirks } = codearts
  const spec = findSpec(request)
  if (spec.source.kind === 'none') fail('repository-missing', { project: spec.path })
  demandAccess(identity, spec, needs, quirks)
  demandAction(identity, action)
  return whenThere(forge.opened(spec.id) ?? forge.open(spec), (project) => {
    request.codeartsProject = project
    noteSubject(request, project)
  })
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
