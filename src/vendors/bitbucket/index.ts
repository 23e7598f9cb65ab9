import { PLAIN_HABITS } from '../../http/journal/unread-fields.ts'
import type { Vendor } from '../vendor.ts'
import { canonicalUrl } from './address.ts'
import { exampleRequest } from './example.ts'
import { bitbucketFaults } from './faults.ts'
import { bitbucketFace } from './git.ts'
import { renewHeaders } from './headers.ts'
import { profileNamed, profiles } from './profiles.ts'
import { quirks } from './quirks.ts'
import { sendContainerPage } from './send.ts'
import { Remembered } from './tag-index-schemas.ts'
import { isTagUrl } from './tag-url.ts'
import { bitbucketWebhooks } from './webhook.ts'

/** Bitbucket Server and Data Center. */
export const bitbucket: Vendor = {
  id: 'bitbucket',
  title: 'Bitbucket Data Center',
  profiles: profiles.map((profile) => profile.name),
  quirks,
  roots: ['/rest', '/status'],
  basePath: '/rest/api/1.0',
  exampleRequest,
  canonicalUrl: (url, { prefix }) => canonicalUrl(url, prefix),
  mount: async (app, settings) => (await import('./mount.ts')).mountBitbucket(app, settings),
  tagRoutes: {
    covers: isTagUrl,
    mount: async (app, settings) => (await import('./mount-tags.ts')).mountBitbucketTags(app, settings),
  },
  git: bitbucketFace,
  faults: bitbucketFaults,
  webhooks: bitbucketWebhooks,
  projectState: Remembered,
  // Sent by whoever knows of its check of cross-site requests, which is not made here.
  parameters: { ...PLAIN_HABITS, headers: ['x-atlassian-token'] },
  renewHeaders,
  pages: async () => (await import('./next-page.ts')).bitbucketPages,
  evidence: async () => (await import('./evidence/index.ts')).evidence,
  description: async ({ profile }) =>
    (await import('./description.ts')).describeBitbucket(profileNamed(profile)),
  answerMalformed: (request, reply) => sendContainerPage(request, reply, 'url-malformed'),
}
