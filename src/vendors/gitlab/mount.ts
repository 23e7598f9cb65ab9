import type { FastifyInstance } from 'fastify'
import type { VendorSettings } from '../vendor.ts'
import { registerBranches } from './branches.ts'
import { registerCommits } from './commits.ts'
import { registerCompare } from './compare.ts'
import { addContext } from './context.ts'
import type { RefusalName } from './evidence/refusals.ts'
import { registerFiles } from './files.ts'
import { registerGroups } from './groups.ts'
import { registerHealth } from './health.ts'
import { registerHookTest } from './hook-test.ts'
import { registerHooks } from './hooks.ts'
import { registerLatestRelease } from './latest-release.ts'
import { registerTagRoutes } from './mount-tags.ts'
import { registerNamespaces } from './namespaces.ts'
import { addOptions } from './options.ts'
import { profileNamed } from './profiles.ts'
import { registerProjects } from './projects.ts'
import { registerProtectedTags } from './protected-tags.ts'
import { registerReleaseLinks } from './release-links.ts'
import { registerReleases } from './releases.ts'
import { send } from './send.ts'
import { speakGitLab } from './speak.ts'
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
          registerTagRoutes(v4, profile)
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
