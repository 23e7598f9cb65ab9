import type { FastifyInstance } from 'fastify'
import { keepRawBodies } from '../../http/raw-body.ts'
import type { Vendor, VendorSettings } from '../vendor.ts'
import { type Dialect, flat, keystone, nested, sendRefusal } from './answers.ts'
import { addContext } from './context.ts'
import { refusalOf, UNKNOWN_ROUTE } from './errors.ts'
import { exampleRequest } from './example.ts'
import { addHeaders } from './headers.ts'
import { quirks } from './quirks.ts'
import { registerTags } from './tags.ts'
import { compileCodeArts } from './validation.ts'

interface Generation {
  readonly root: string
  readonly dialect: Dialect
  register(app: FastifyInstance): void
}

/** The generations of the API that are in use beside one another; v3 is IAM's. */
const generations: readonly Generation[] = [
  {
    root: '/v4',
    dialect: flat,
    register(app) {
      registerTags(app)
    },
  },
  { root: '/v3', dialect: keystone, register() {} },
  { root: '/v2', dialect: nested, register() {} },
  { root: '/v1', dialect: nested, register() {} },
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
    for (const { root, dialect, register } of generations) {
      await app.register(
        async (api) => {
          speakCodeArts(api, settings, dialect)
          register(api)
        },
        { prefix: root },
      )
    }
  },
  answerMalformed: (request, reply) => sendRefusal(request, reply, UNKNOWN_ROUTE, flat),
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
    return sendRefusal(request, reply, refusal, dialect)
  })
  app.setNotFoundHandler((request, reply) => sendRefusal(request, reply, UNKNOWN_ROUTE, dialect))
  addContext(app, settings, dialect)
}
