import type { Vendor } from '../vendor.ts'
import { REFUSED_URL } from './errors.ts'
import { exampleRequest } from './example.ts'
import { gitflicFaults } from './faults.ts'
import { gitflicFace } from './git.ts'
import { SECURITY_HEADERS } from './headers.ts'
import { quirks } from './quirks.ts'
import { ROOTS } from './roots.ts'
import { sendRefusal } from './send.ts'
import { isTagUrl } from './tag-url.ts'
import { gitflicWebhooks } from './webhook.ts'

/** GitFlic's REST API, as the service has it (bare paths) and as an own installation has it (below `/rest-api`). */
export const gitflic: Vendor = {
  id: 'gitflic',
  title: 'GitFlic',
  profiles: ['current'],
  quirks,
  roots: ROOTS,
  basePath: '',
  exampleRequest,
  mount: async (app, settings) => (await import('./mount.ts')).mountGitFlic(app, settings),
  tagRoutes: {
    covers: isTagUrl,
    mount: async (app, settings) => (await import('./mount-tags.ts')).mountGitFlicTags(app, settings),
  },
  git: gitflicFace,
  faults: () => gitflicFaults,
  webhooks: gitflicWebhooks,
  pages: async () => (await import('./next-page.ts')).gitflicPages,
  description: async () => (await import('./description.ts')).description,
  evidence: async () => (await import('./evidence/index.ts')).evidence,
  answerMalformed: (request, reply) =>
    sendRefusal(request, reply.headers(SECURITY_HEADERS), 'url-refused', REFUSED_URL),
}
