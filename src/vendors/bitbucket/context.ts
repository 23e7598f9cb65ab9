import type { FastifyInstance, FastifyRequest } from 'fastify'
import { fail } from '../../failure.ts'
import type { Project } from '../../forge/project.ts'
import { noteSubject } from '../../http/answer-memo/keep-answers.ts'
import type { VendorSettings } from '../vendor.ts'
import { namesUser } from './address.ts'
import { refuse } from './answers.ts'
import { authenticate } from './auth.ts'
import type { Place } from './errors.ts'
import { readJsonBody } from './json-body.ts'
import { addressNow, findMoved } from './moved.ts'
import { findOwner, findProject, fullName, keyOf, slugOf } from './naming.ts'
import { acceptsJson, mediaTypeOf } from './negotiation.ts'
import { demandPermission, type Permission } from './permissions.ts'
import { profileNamed } from './profiles.ts'
import { Context } from './request-context.ts'
import { watchTags } from './tag-index.ts'

/** What a resource wants to be checked before its parameters are. */
export interface Endpoint {
  /** What the caller needs in the repository of the path (`:key`, `:slug`); absent: the path names none. */
  readonly needs?: Permission
  /** What the imitated server must have; others do not know the route. */
  readonly feature?: 'hasSingleTag' | 'hasDefaultBranch' | 'hasWebhooks'
  /** An empty body is as good as an empty object. */
  readonly mayBeBodiless?: boolean
}

/** What of a path names a repository; empty when it names none. */
export interface RepositoryPath {
  readonly key?: string
  readonly slug?: string
}

declare module 'fastify' {
  interface FastifyContextConfig {
    bitbucket?: Endpoint
  }
  interface FastifyRequest {
    bitbucket: Context
    /** The project that the path names, for endpoints that need one. */
    bitbucketProject: Project
  }
}

/** Who asks is settled for every request, those for unknown routes included: a wrong credential is refused everywhere. */
export function addContext(app: FastifyInstance, settings: VendorSettings): void {
  const profile = profileNamed(settings.profile)
  app.decorateRequest('bitbucket', null as unknown as Context)
  app.decorateRequest('bitbucketProject', null as unknown as Project)
  app.addHook('onRequest', (request, _reply, done) => {
    const context = new Context(request, profile, settings)
    request.bitbucket = context
    situate(request, keyAndSlug(request))
    context.identity = authenticate(request)
    request.caller = context.identity.user?.username ?? null
    done()
  })
  app.addHook('preValidation', (request, reply, done) => {
    if (request.is404) return done()
    const endpoint = request.routeOptions.config.bitbucket ?? {}
    const { needs, feature } = endpoint
    const { bitbucket } = request
    if (feature && !bitbucket.profile[feature])
      refuse('unknown-in-this-version', { kind: 'status-document', status: 404 })
    demandMediaTypes(request)
    if (needs) {
      const { key = '', slug = '' } = keyAndSlug(request)
      const moved = bitbucket.spec ? undefined : findMoved(request, key, slug)
      const spec = bitbucket.spec ?? moved ?? refuseMissing(request)
      demandPermission(bitbucket.identity, spec, needs)
      if (moved) return void reply.redirect(addressNow(request, moved), 307)
      const project = request.forge.opened(spec.id)
      if (!project) return request.forge.open(spec).then((opened) => enter(request, endpoint, opened))
      enter(request, endpoint, project)
    } else readBody(request, endpoint)
    done()
  })
}

function enter(request: FastifyRequest, endpoint: Endpoint, project: Project): void {
  request.bitbucketProject = project
  noteSubject(request, project)
  if (!project.hasRepository) fail('repository-missing', { project: project.spec.path })
  watchTags(request.forge)
  readBody(request, endpoint)
}

function readBody(request: FastifyRequest, { mayBeBodiless = false }: Endpoint): void {
  if (hasBody(request)) request.body = mayBeBodiless && isBodiless(request) ? {} : readJsonBody(request)
}

/** Looks up the project that a path names, and with it which server answers: projects may be on one of another version. */
export function situate(request: FastifyRequest, params: RepositoryPath): void {
  const { spec } = lookUp(request, params)
  if (!spec) return
  const { bitbucket } = request
  bitbucket.spec = spec
  if (spec.profiles.bitbucket !== undefined) bitbucket.profile = profileNamed(spec.profiles.bitbucket)
}

/** Where a request stands when something goes wrong with it. */
export function placeOf(request: FastifyRequest): Place {
  const { identity, profile, quirks, spec } = request.bitbucket
  return {
    profile,
    quirks,
    isAnonymous: identity.user === null,
    slug: spec ? slugOf(spec) : '',
    fullName: spec ? fullName(spec) : '',
  }
}

/** Which resource method is meant is settled by media types too, before anything is looked up. */
function demandMediaTypes(request: FastifyRequest): void {
  if (hasBody(request)) {
    const type = mediaTypeOf(request)
    const isReadable = type === 'application/json' || (type === null && isBodiless(request))
    if (!isReadable) refuse('unsupported-media-type', { kind: 'status-document', status: 415 })
  }
  if (!acceptsJson(request)) refuse('not-acceptable', { kind: 'empty', status: 406 })
}

/** Bodies of other methods, such as the empty one that some clients declare as JSON, are not looked at. */
function hasBody(request: FastifyRequest): boolean {
  const { method } = request
  if (method === 'DELETE') return request.routeOptions.schema?.body !== undefined
  return method === 'POST' || method === 'PUT'
}

function isBodiless({ body }: FastifyRequest): boolean {
  return !Buffer.isBuffer(body) || body.length === 0
}

function keyAndSlug(request: FastifyRequest): RepositoryPath {
  return request.params as RepositoryPath
}

function lookUp({ forge }: FastifyRequest, { key, slug }: RepositoryPath) {
  const owner = key === undefined ? undefined : findOwner(forge, key)
  return { owner, spec: owner && slug !== undefined ? findProject(forge, owner, slug) : undefined }
}

/** The project is missed before its repository; who wrote `users/{slug}` misses a user. */
function refuseMissing(request: FastifyRequest): never {
  const { key = '', slug = '' } = keyAndSlug(request)
  const { owner } = lookUp(request, { key })
  if (owner) return fail('project-missing', { project: `${keyOf(owner)}/${slug}` })
  if (namesUser(request.originalUrl)) return fail('user-missing', { user: key.replace(/^~/, '') })
  return fail('owner-missing', { owner: key })
}
