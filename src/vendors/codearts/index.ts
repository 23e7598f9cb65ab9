import type { FastifyInstance } from 'fastify'
import { noteRefusal } from '../../http/journal/refusal.ts'
import { PLAIN_HABITS } from '../../http/journal/unread-fields.ts'
import { keepRawBodies } from '../../http/raw-body.ts'
import type { Vendor, VendorSettings } from '../vendor.ts'
import { type Dialect, flat, keystone, nested, sendRefusal, sendUnknownRoute } from './answers.ts'
import { registerBranches } from './branches.ts'
import { registerCommits } from './commits.ts'
import { registerCompare } from './compare.ts'
import { addContext } from './context.ts'
import { frameworkRule, type Refusal, refusalOf } from './errors.ts'
import { exampleRequest } from './example.ts'
import { codeartsFaults } from './faults.ts'
import { registerGeneralPolicy } from './general-policy.ts'
import { codeartsFace } from './git.ts'
import { addHeaders, renewHeaders } from './headers.ts'
import { registerHooks } from './hooks.ts'
import { registerIam } from './iam.ts'
import { registerLegacyHooks } from './legacy-hooks.ts'
import { registerLegacyNeighbours, registerOldestBranches } from './legacy-neighbours.ts'
import { registerLegacyProtectedTags } from './legacy-protected-tags.ts'
import { registerLegacyTags } from './legacy-tags.ts'
import { Policy } from './policy-schemas.ts'
import { registerProtectedTags } from './protected-tags.ts'
import { quirks } from './quirks.ts'
import { registerRefs } from './refs.ts'
import { registerRepositories } from './repositories.ts'
import { registerTags } from './tags.ts'
import { compileCodeArts } from './validation.ts'
import { codeartsWebhooks } from './webhook.ts'

interface Generation {
  readonly root: string
  readonly dialect: Dialect
  readonly parts: readonly ((app: FastifyInstance) => void)[]
}

/** The generations of the API that are in use beside one another; v3 is IAM's. */
const generations: readonly Generation[] = [
  {
    root: '/v4',
    dialect: flat,
    parts: [
      registerTags,
      registerProtectedTags,
      registerRefs,
      registerCommits,
      registerBranches,
      registerCompare,
      registerRepositories,
      registerHooks,
      registerGeneralPolicy,
    ],
  },
  { root: '/v3', dialect: keystone, parts: [registerIam] },
  {
    root: '/v2',
    dialect: nested,
    parts: [registerLegacyTags, registerLegacyProtectedTags, registerLegacyNeighbours],
  },
  { root: '/v1', dialect: nested, parts: [registerOldestBranches, registerLegacyHooks] },
]

/** The REST API of CodeArts Repo, formerly CodeHub. */
export const codearts: Vendor = {
  id: 'codearts',
  title: 'CodeArts Repo',
  profiles: ['current'],
  quirks,
  roots: generations.map(({ root }) => root),
  basePath: '',
  exampleRequest,
  async mount(app, settings) {
    for (const { root, dialect, parts } of generations) {
      await app.register(
        async (api) => {
          speakCodeArts(api, settings, dialect)
          for (const register of parts) register(api)
        },
        { prefix: root },
      )
    }
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

/** What a refusal says, whichever generation words it. */
function textOf(refusal: Refusal): string {
  if (refusal.kind === 'invalid') return `${refusal.field}: ${refusal.reason}`
  return refusal.kind === 'gateway' ? refusal.message : refusal.kind
}

function dialectOf(path: string): Dialect {
  return generations.find(({ root }) => path.startsWith(`${root}/`))?.dialect ?? flat
}

/** Bodies, errors, headers and JSON as one generation has them, for everything below. */
function speakCodeArts(app: FastifyInstance, settings: VendorSettings, dialect: Dialect): void {
  keepRawBodies(app)
  addHeaders(app)
  app.setValidatorCompiler(compileCodeArts)
  app.setSerializerCompiler(() => JSON.stringify)
  app.setReplySerializer((payload) => JSON.stringify(payload))
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const refusal = refusalOf(error, app.initialConfig.bodyLimit ?? 0)
    if (refusal.kind === 'failure') request.log.error(error)
    noteRefusal(request, error, textOf(refusal))
    if (refusal.kind !== 'failure') request.rule ??= frameworkRule(error)
    return sendRefusal(request, reply, refusal, dialect)
  })
  app.setNotFoundHandler((request, reply) => sendUnknownRoute(request, reply, 'unknown-route', dialect))
  addContext(app, settings, dialect)
}
