import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ForgeError, fail } from '../../failure.ts'
import { mayReadCode, maySee } from '../../forge/access.ts'
import type { Identity } from '../../forge/identity.ts'
import type { Project } from '../../forge/project.ts'
import type { ProjectSpec } from '../../forge/spec.ts'
import { noteSubject } from '../../http/answer-memo/keep-answers.ts'
import { originOf, rawPath, rawQuery } from '../../http/origin.ts'
import { type Soon, whenThere } from '../../http/soon.ts'
import type { VendorSettings } from '../vendor.ts'
import { authenticate } from './auth.ts'
import { refuse, UNKNOWN_ROUTE } from './errors.ts'
import { isPreflight } from './options.ts'
import { type RequestParams, readParams } from './params.ts'
import type { Profile } from './profiles.ts'
import type { Params } from './rack-params.ts'

/** What a GitLab endpoint wants to be checked before its parameters are. */
export interface Endpoint {
  /** `code`: the project must be readable and its code too. `project`: the project only. Absent: no project. */
  readonly needs?: 'code' | 'project'
  readonly scopes?: readonly string[]
  readonly jobToken?: boolean
  /** Anonymous callers get 401. */
  readonly user?: boolean
}

/** What is known of a request once it has passed those checks. */
export interface Context {
  readonly identity: Identity
  readonly params: RequestParams
  readonly profile: Profile
  /** Scheme, host and context path: what web addresses begin with. */
  readonly base: string
}

declare module 'fastify' {
  interface FastifyContextConfig {
    gitlab?: Endpoint
  }
  interface FastifyRequest {
    gitlab: Context
    /** The project that the path names, for endpoints that need one. */
    gitlabProject: Project
  }
}

const SCOPES = ['api', 'read_api'] as const

/**
 * Checks each request in GitLab's order: who asks, which project, may they read it; parameters come after that (Fastify
 * validates once these hooks are done), then the action's own rules.
 */
export function addContext(app: FastifyInstance, profile: Profile, { prefix }: VendorSettings): void {
  app.decorateRequest('gitlab', null as unknown as Context)
  app.decorateRequest('gitlabProject', null as unknown as Project)
  app.addHook('preValidation', (request, reply, done) => {
    if (request.is404 || isPreflight(request)) return done()
    // Grape's parameters stand for one character at least.
    if (Object.values(request.params as Params).includes('')) refuse('unknown-route', UNKNOWN_ROUTE)
    const moved = whenThere(readParams(request), (params) => enter(request, params))
    if (moved instanceof Promise)
      return moved.then((target) => (target === null ? undefined : reply.redirect(target, 301)))
    if (moved !== null) return void reply.redirect(moved, 301)
    done()
  })

  /** Returns where the project has moved to, if it has. */
  function enter(request: FastifyRequest, params: RequestParams): Soon<string | null> {
    const endpoint = request.routeOptions.config.gitlab ?? {}
    const identity = authenticate(request, params.merged, {
      scopes: endpoint.scopes ?? SCOPES,
      jobToken: endpoint.jobToken ?? false,
    })
    request.caller = identity.user?.username ?? null
    if (endpoint.user && !identity.user) fail('credential-missing', {})
    request.gitlab = { identity, params, profile, base: originOf(request) + prefix }
    // Fastify validates the part that the route has a schema for; Grape has only one.
    if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'DELETE')
      request.query = params.merged
    else request.body = params.merged
    return endpoint.needs ? openProject(request, endpoint.needs) : null
  }
}

/** Opens the project of the path. Returns where it has moved to, when a GET names a former path. */
function openProject(request: FastifyRequest, needs: 'code' | 'project'): Soon<string | null> {
  const { id } = request.params as { id: string }
  const { identity, base } = request.gitlab
  let spec: ProjectSpec
  try {
    spec = findProject(request, id)
  } catch (error) {
    if (!(error instanceof ForgeError) || error.code !== 'project-moved') throw error
    const target = request.forge.spec((error.details as { id: number }).id)
    if (!target || !maySee(identity, target)) fail('project-hidden', { project: id })
    if (request.method !== 'GET' && request.method !== 'HEAD') throw error
    const rest = rawPath(request).split('/projects/')[1]?.split('/').slice(1) ?? []
    const query = rawQuery(request)
    return `${base}/api/v4/projects/${[target.id, ...rest].join('/')}${query && `?${query}`}`
  }
  if (!maySee(identity, spec)) fail('project-hidden', { project: id })
  if (needs === 'code' && !mayReadCode(identity, spec))
    fail('feature-hidden', { project: id, feature: 'repository' })
  return whenThere(request.forge.opened(spec.id) ?? request.forge.open(spec), (project) => {
    request.gitlabProject = project
    noteSubject(request, project)
    if (needs === 'code' && !project.hasRepository) fail('repository-missing', { project: id })
    return null
  })
}

/** By number, or by full path; a bare word is neither. */
function findProject(request: FastifyRequest, id: string): ProjectSpec {
  const key = /^\d+$/.test(id) ? Number(id) : id
  if (typeof key === 'string' && !key.includes('/')) fail('project-missing', { project: id })
  return request.forge.spec(key) ?? fail('project-missing', { project: id })
}
