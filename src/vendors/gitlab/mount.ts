import type { FastifyInstance } from 'fastify'
import { noteRefusal } from '../../http/journal/refusal.ts'
import { rawPath } from '../../http/origin.ts'
import { keepRawBodies } from '../../http/raw-body.ts'
import type { VendorSettings } from '../vendor.ts'
import { registerBranches } from './branches.ts'
import { registerCommits } from './commits.ts'
import { registerCompare } from './compare.ts'
import { addContext } from './context.ts'
import { type Answer, answerTo, MALFORMED, ruleOf, UNKNOWN_ROUTE } from './errors.ts'
import type { RefusalName } from './evidence/refusals.ts'
import { registerFiles } from './files.ts'
import { compileGrape } from './grape.ts'
import { registerGroups } from './groups.ts'
import { addHeaders } from './headers.ts'
import { registerHealth } from './health.ts'
import { registerHookTest } from './hook-test.ts'
import { registerHooks } from './hooks.ts'
import { toJson } from './json.ts'
import { registerLatestRelease } from './latest-release.ts'
import { registerNamespaces } from './namespaces.ts'
import { addOptions } from './options.ts'
import { profileNamed } from './profiles.ts'
import { registerProjects } from './projects.ts'
import { registerProtectedTags } from './protected-tags.ts'
import { registerReleaseLinks } from './release-links.ts'
import { registerReleases } from './releases.ts'
import { send, sendRefusal } from './send.ts'
import { registerSignature } from './signature.ts'
import { registerTagRelease } from './tag-release-routes.ts'
import { registerTags } from './tags.ts'
import { registerTree } from './tree.ts'
import { registerUsers } from './users.ts'
import { registerVersion } from './version.ts'

const RETIRED = { status: 410, body: { error: 'API V3 is no longer supported. Use API V4 instead.' } }

/** Registers all routes; loaded with the first request for one of them. */
export async function mountGitLab(app: FastifyInstance, settings: VendorSettings): Promise<void> {
  const profile = profileNamed(settings.profile)
  registerHealth(app)
  await app.register(
    async (api) => {
      speakGitLab(api)
      const deprecated = { since: '9.0', use: '/api/v4' }
      api.all(
        '/v3/*',
        { config: { operation: 'gitlab.retired' }, schema: { deprecated } },
        (request, reply) => {
          request.refusal = 'Version 3 of the API is no more.'
          request.rule = 'version-retired' satisfies RefusalName
          send(reply, RETIRED)
        },
      )
      await api.register(
        async (v4) => {
          addOptions(v4)
          addContext(v4, profile, settings)
          registerTags(v4, profile)
          registerBranches(v4, profile)
          registerCommits(v4, profile)
          registerCompare(v4, profile)
          registerFiles(v4)
          registerGroups(v4)
          registerNamespaces(v4)
          registerProjects(v4)
          registerTree(v4, profile)
          registerUsers(v4, profile)
          registerVersion(v4, profile)
          if (profile.hasTagRelease) registerTagRelease(v4)
          if (profile.hasSignature) registerSignature(v4, profile)
          registerProtectedTags(v4)
          registerReleases(v4, profile)
          registerReleaseLinks(v4)
          if (!profile.forbidsMissingRelease) registerLatestRelease(v4)
          registerHooks(v4)
          if (profile.hasHookTest) registerHookTest(v4, profile)
        },
        { prefix: '/v4' },
      )
    },
    { prefix: '/api' },
  )
}

/** Bodies, errors, headers and JSON as GitLab has them, for everything below. */
function speakGitLab(app: FastifyInstance): void {
  keepRawBodies(app)
  addHeaders(app)
  app.setValidatorCompiler(compileGrape)
  app.setSerializerCompiler(() => toJson)
  app.setReplySerializer(toJson)
  app.addHook('onRequest', (request, reply, done) => {
    if (rawPath(request).includes('%00')) sendRefusal(request, reply, 'request-malformed', MALFORMED)
    else done()
  })
  app.setErrorHandler((error: Error, request, reply) => {
    const answer = answerTo(error)
    if (answer.status >= 500) request.log.error(error)
    noteRefusal(request, error, textOf(answer))
    request.rule = ruleOf(error)
    return send(reply, answer)
  })
  app.setNotFoundHandler((request, reply) => sendRefusal(request, reply, 'unknown-route', UNKNOWN_ROUTE))
}

/** What an answer says, without its wrapping. */
function textOf({ body }: Answer): string {
  return typeof body === 'string' ? body : Object.values(body).flat().join(': ')
}
