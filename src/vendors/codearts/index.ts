import { PLAIN_HABITS } from '../../http/journal/unread-fields.ts'
import type { Vendor } from '../vendor.ts'
import { flat, sendUnknownRoute } from './answers.ts'
import { exampleRequest } from './example.ts'
import { codeartsFaults } from './faults.ts'
import { dialectOf, dialects } from './generations.ts'
import { codeartsFace } from './git.ts'
import { renewHeaders } from './headers.ts'
import { Policy } from './policy-schemas.ts'
import { quirks } from './quirks.ts'
import { isTagUrl } from './tag-url.ts'
import { codeartsWebhooks } from './webhook.ts'

/** The REST API of CodeArts Repo, formerly CodeHub. */
export const codearts: Vendor = {
  id: 'codearts',
  title: 'CodeArts Repo',
  profiles: ['current'],
  quirks,
  roots: Object.keys(dialects),
  basePath: '',
  exampleRequest,
  mount: async (app, settings) => (await import('./mount.ts')).mountCodeArts(app, settings),
  tagRoutes: {
    covers: isTagUrl,
    mount: async (app, settings) => (await import('./mount-tags.ts')).mountCodeArtsTags(app, settings),
  },
  git: codeartsFace,
  faults: codeartsFaults(dialectOf),
  webhooks: codeartsWebhooks,
  projectState: Policy,
  parameters: {
    ...PLAIN_HABITS,
    headers: ['x-auth-token', 'x-language', 'x-sdk-date', 'x-sdk-content-sha256'],
  },
  renewHeaders,
  pages: async () => (await import('./next-page.ts')).codeartsPages,
  description: async () => (await import('./description.ts')).description,
  evidence: async () => (await import('./evidence/index.ts')).evidence,
  answerMalformed: (request, reply) => sendUnknownRoute(request, reply, 'url-malformed', flat),
}
