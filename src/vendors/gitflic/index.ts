import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { noteRefusal } from '../../http/journal/refusal.ts'
import { rawPath } from '../../http/origin.ts'
import { keepRawBodies } from '../../http/raw-body.ts'
import type { Vendor } from '../vendor.ts'
import { registerBranches } from './branches.ts'
import { registerCommits } from './commits.ts'
import { addContext } from './context.ts'
import { type Answer, answerWith, methodNotAllowed, NOT_FOUND, REFUSED_URL, ruleOf } from './errors.ts'
import type { RefusalName } from './evidence/refusals.ts'
import { exampleRequest } from './example.ts'
import { gitflicFaults } from './faults.ts'
import { gitflicFace } from './git.ts'
import { addHeaders, SECURITY_HEADERS } from './headers.ts'
import { toJson } from './json.ts'
import { registerCompanies, registerTeams } from './owners.ts'
import { registerProjects } from './projects.ts'
import { type Quirks, quirks, readQuirks } from './quirks.ts'
import { registerReleases } from './releases.ts'
import { addRouteTable, RouteTable } from './route-table.ts'
import { registerTagProtection } from './tag-protection.ts'
import { registerTags } from './tags.ts'
import { registerUsers } from './users.ts'
import { compileSpring } from './validation.ts'
import { gitflicWebhooks } from './webhook.ts'
import { registerWebhooks } from './webhooks.ts'

const ROOTS = ['/project', '/company', '/team', '/user', '/rest-api']

/** GitFlic's REST API, as the service has it (bare paths) and as an own installation has it (below `/rest-api`). */
export const gitflic: Vendor = {
  id: 'gitflic',
  title: 'GitFlic',
  profiles: ['current'],
  quirks,
  roots: ROOTS,
  basePath: '',
  exampleRequest,
  async mount(app, settings) {
    const switches = readQuirks(settings.quirks)
    const table = new RouteTable()
    speakGitFlic(app, switches)
    addContext(app, switches, settings.prefix)
    for (const prefix of ['', '/rest-api']) {
      await app.register(
        async (api) => {
          addRouteTable(api, table)
          registerRoutes(api, switches)
        },
        { prefix },
      )
    }
    for (const prefix of ROOTS) {
      await app.register(async (root) => answerUnknownRoutes(root, table), { prefix })
    }
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

function registerRoutes(api: FastifyInstance, switches: Quirks): void {
  registerUsers(api, switches)
  registerProjects(api, switches)
  registerTags(api, switches)
  registerBranches(api, switches)
  registerCommits(api, switches)
  registerReleases(api, switches)
  registerWebhooks(api, switches)
  registerCompanies(api, switches)
  registerTeams(api, switches)
  registerTagProtection(api, switches, 'company')
  registerTagProtection(api, switches, 'team')
}

/** Bodies, errors, headers and JSON as GitFlic has them, for everything below. */
function speakGitFlic(app: FastifyInstance, switches: Quirks): void {
  const answerTo = answerWith(switches)
  keepRawBodies(app)
  addHeaders(app)
  app.setValidatorCompiler(compileSpring)
  app.setSerializerCompiler(() => toJson)
  app.setReplySerializer(toJson)
  app.setErrorHandler((error: Error, request, reply) => {
    const answer = answerTo(error)
    if (answer.status >= 500) request.log.error(error)
    noteRefusal(request, error, textOf(answer))
    request.rule = ruleOf(error)
    return send(reply, answer)
  })
}

/** 404, 405 for a method that a path does not have, and OPTIONS, which every path has. */
function answerUnknownRoutes(root: FastifyInstance, table: RouteTable): void {
  root.setNotFoundHandler((request, reply) => {
    const methods = table.methodsOf(rawPath(request))
    if (methods.length === 0) return sendRefusal(request, reply, 'unknown-route', NOT_FOUND)
    if (request.method !== 'OPTIONS')
      return sendRefusal(request, reply, 'method-not-allowed', methodNotAllowed(methods.join(', ')))
    const more = methods.includes('GET') ? ['HEAD', 'OPTIONS'] : ['OPTIONS']
    return reply
      .code(200)
      .header('allow', [...methods, ...more].join(', '))
      .send('')
  })
}

/** For what is refused before anything could be thrown. */
function sendRefusal(
  request: FastifyRequest,
  reply: FastifyReply,
  rule: RefusalName,
  answer: Answer,
): FastifyReply {
  request.rule = rule
  return send(reply, answer)
}

/** What an answer says, without its wrapping. */
function textOf({ status, body }: Answer): string {
  if (body === null) return `It was refused with ${status} before it got to the application.`
  const fields = (body.errors ?? []).map(({ field, title }) => `${field}: ${title}`)
  return [body.title, ...fields].join(', ')
}

function send(reply: FastifyReply, { status, body, headers = {} }: Answer): FastifyReply {
  reply.code(status).headers(headers)
  return body === null ? reply.send() : reply.type('application/json').send(toJson(body))
}
