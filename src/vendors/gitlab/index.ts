import type { Vendor } from '../vendor.ts'
import { MALFORMED } from './errors.ts'
import { exampleRequest } from './example.ts'
import { gitlabFaults } from './faults.ts'
import { gitlabFace } from './git.ts'
import { renewHeaders } from './headers.ts'
import { profiles } from './profiles.ts'
import { sendRefusal } from './send.ts'
import { isTagUrl } from './tag-url.ts'
import { gitlabWebhooks } from './webhook.ts'

/** GitLab's REST API v4. */
export const gitlab: Vendor = {
  id: 'gitlab',
  title: 'GitLab',
  profiles: profiles.map((profile) => profile.name),
  quirks: [],
  roots: ['/api', '/-'],
  basePath: '/api/v4',
  exampleRequest,
  mount: async (app, settings) => (await import('./mount.ts')).mountGitLab(app, settings),
  tagRoutes: {
    covers: isTagUrl,
    mount: async (app, settings) => (await import('./mount-tags.ts')).mountGitLabTags(app, settings),
  },
  git: gitlabFace,
  faults: () => gitlabFaults,
  parameters: {
    isMerged: true,
    hasBrackets: true,
    // Links to further pages name the project once more.
    everywhere: ['private_token', 'access_token', 'job_token', 'sudo', 'pagination', 'id'],
    headers: ['private-token', 'job-token', 'sudo'],
  },
  webhooks: gitlabWebhooks,
  renewHeaders,
  pages: async () => (await import('./next-page.ts')).gitlabPages,
  description: async () => (await import('./description.ts')).description,
  answerMalformed: (request, reply) => sendRefusal(request, reply, 'request-malformed', MALFORMED),
  evidence: async () => (await import('./evidence/index.ts')).evidence,
}
