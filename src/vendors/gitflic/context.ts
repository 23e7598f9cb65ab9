import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Identity, signedIn } from '../../forge/identity.ts'
import type { Owner, Role, User } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { noteSubject } from '../../http/answer-memo/keep-answers.ts'
import { originOf, rawPath } from '../../http/origin.ts'
import { whenThere } from '../../http/soon.ts'
import { authenticate, demandScope, type Scope } from './auth.ts'
import { readBody } from './body.ts'
import { REFUSED_URL, refuse } from './errors.ts'
import { openOwner } from './open-owner.ts'
import { openProject } from './open-project.ts'
import type { Quirks } from './quirks.ts'
import { isRefusedUrl } from './refused-url.ts'

/** What a call wants to be checked once its body has been found to be well-formed. */
export interface Endpoint {
  /** Any one of these lets a token in that has its scopes written down. */
  readonly scopes: readonly Scope[]
  /**
   * What the path names: a project whose code must be readable (`code`), a project, a company, a team. Absent: none of
   * these.
   */
  readonly needs?: 'code' | 'project' | 'company' | 'team'
  /** The least role in the project or owner; with `writes` archived projects are closed as well. */
  readonly role?: Role
  readonly writes?: boolean
}

declare module 'fastify' {
  interface FastifyContextConfig {
    gitflic?: Endpoint
  }
  interface FastifyRequest {
    gitflic: Identity & { readonly user: User }
    /** Scheme, host and context path: what addresses begin with. */
    readonly gitflicBase: string
    /** The project that the path names, for calls that need one. */
    gitflicProject: Project
    /** The company or team that the path names, for calls that need one. */
    gitflicOwner: Owner
  }
}

/**
 * Checks each request in one order: the URL (400), who asks (403, even for paths that do not exist), then the route (404,
 * 405), the media type (415), the body (422), the project or owner (404), rights (403), and at last what the call itself
 * demands.
 */
export function addContext(app: FastifyInstance, quirks: Quirks, prefix: string): void {
  app.decorateRequest('gitflic', null as unknown as FastifyRequest['gitflic'])
  app.decorateRequest('gitflicBase', {
    getter() {
      return originOf(this) + prefix
    },
  })
  app.decorateRequest('gitflicProject', null as unknown as Project)
  app.decorateRequest('gitflicOwner', null as unknown as Owner)
  app.addHook('onRequest', (request, _reply, done) => {
    if (isRefusedUrl(request.method, rawPath(request), quirks.allowEncodedSlash))
      refuse('url-refused', REFUSED_URL)
    request.gitflic = signedIn(authenticate(request))
    request.caller = request.gitflic.user.username
    done()
  })
  app.addHook('preValidation', (request, _reply, done) => {
    const { method } = request
    const mayHaveBody = method !== 'GET' && method !== 'HEAD' && !request.is404
    if (mayHaveBody && request.routeOptions.schema?.body) request.body = readBody(request)
    done()
  })
  app.addHook('preHandler', (request, _reply, done) => {
    const endpoint = request.is404 ? undefined : request.routeOptions.config.gitflic
    if (!endpoint) return done()
    const { needs } = endpoint
    if (needs === 'code' || needs === 'project') {
      const opened = whenThere(openProject(request, endpoint), (project) => {
        request.gitflicProject = project
        noteSubject(request, project)
      })
      if (opened instanceof Promise) return opened
    } else if (needs) request.gitflicOwner = openOwner(request, endpoint, needs)
    else demandScope(request.gitflic, endpoint.scopes)
    done()
  })
}
