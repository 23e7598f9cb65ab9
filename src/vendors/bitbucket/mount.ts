import type { FastifyInstance } from 'fastify'
import type { VendorSettings } from '../vendor.ts'
import { registerApplicationProperties } from './application-properties.ts'
import { registerBranches } from './branches.ts'
import { registerCommits } from './commits.ts'
import { registerDefaultBranch } from './default-branch.ts'
import { registerGitTags } from './git-tags.ts'
import { profileNamed } from './profiles.ts'
import { registerProjects } from './projects.ts'
import { registerPullRequests } from './pull-requests.ts'
import { registerRebase } from './rebase.ts'
import { JSON_TYPE } from './send.ts'
import { speakBitbucket } from './speak.ts'
import { registerTags } from './tags.ts'
import { registerWebhookTest } from './webhook-test.ts'
import { registerWebhooks } from './webhooks.ts'

/** Registers all routes; loaded with the first request for one of them. */
export async function mountBitbucket(app: FastifyInstance, settings: VendorSettings): Promise<void> {
  app.get('/status', { config: { operation: 'bitbucket.getStatus' } }, (_request, reply) =>
    reply.type(JSON_TYPE).send('{"state":"RUNNING"}'),
  )
  await app.register(
    async (rest) => {
      speakBitbucket(rest, settings)
      registerApplicationProperties(rest)
      registerProjects(rest)
      registerTags(rest)
      registerGitTags(rest)
      registerBranches(rest)
      registerDefaultBranch(rest, profileNamed(settings.profile))
      registerCommits(rest)
      registerPullRequests(rest)
      registerRebase(rest)
      registerWebhooks(rest)
      registerWebhookTest(rest)
    },
    { prefix: '/rest' },
  )
}
