import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import type { Webhook } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { exception, invalidFields, refuse } from './answers.ts'
import { effectivePage, pageOf } from './paging.ts'
import { hasFilter } from './ref-lookup.ts'
import { PageQuery, RepositoryParams } from './schemas.ts'
import * as schemas from './webhook-schemas.ts'

const WEBHOOKS = '/api/1.0/projects/:key/repos/:slug/webhooks'

/** The settings of a repository's webhooks. */
export function registerWebhooks(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const config = { bitbucket: { needs: 'REPO_ADMIN', feature: 'hasWebhooks' } } as const
  const params = schemas.WebhookParams
  const one = { 200: schemas.Webhook }

  app.get(
    WEBHOOKS,
    {
      config: { operation: 'bitbucket.listWebhooks', ...config },
      schema: { params: RepositoryParams, querystring: PageQuery, response: { 200: schemas.WebhookPage } },
    },
    async (request) => {
      const page = effectivePage(request.query)
      const hooks = webhooksOf(request.bitbucketProject).slice(page.start, page.start + page.limit + 1)
      return pageOf(hooks.map(presentWebhook), page, { hasFilter: hasFilter(request) })
    },
  )

  app.post(
    WEBHOOKS,
    {
      config: { operation: 'bitbucket.createWebhook', ...config },
      schema: { params: RepositoryParams, body: schemas.NewWebhook, response: { 201: schemas.Webhook } },
    },
    async ({ bitbucketProject: project, body }, reply) => {
      const { clock } = project.forge
      const hook = changed({ id: project.forge.nextId('hook'), createdAt: clock.now() }, body, clock.now())
      project.webhooks = [...project.webhooks, hook]
      return reply.code(201).send(presentWebhook(hook))
    },
  )

  app.get(
    `${WEBHOOKS}/:id`,
    { config: { operation: 'bitbucket.getWebhook', ...config }, schema: { params, response: one } },
    async (request) => presentWebhook(getWebhook(request.bitbucketProject, request.params.id)),
  )

  app.put(
    `${WEBHOOKS}/:id`,
    {
      config: { operation: 'bitbucket.updateWebhook', ...config },
      schema: { params, body: schemas.NewWebhook, response: one },
    },
    async ({ bitbucketProject: project, params, body }) => {
      const before = getWebhook(project, params.id)
      const after = changed(before, body, project.forge.clock.now())
      project.webhooks = project.webhooks.map((hook) => (hook === before ? after : hook))
      return presentWebhook(after)
    },
  )

  app.delete(
    `${WEBHOOKS}/:id`,
    { config: { operation: 'bitbucket.deleteWebhook', ...config }, schema: { params } },
    async ({ bitbucketProject: project, params }, reply) => {
      const gone = getWebhook(project, params.id)
      project.webhooks = project.webhooks.filter((hook) => hook !== gone)
      return reply.code(204).send()
    },
  )
}

/** Those that were made here, and those of the fixture that any vendor may deliver. */
function webhooksOf(project: Project): Webhook[] {
  return project.webhooks.filter(({ vendor }) => vendor === null || vendor === 'bitbucket')
}

export function findWebhook(project: Project, id: string): Webhook | undefined {
  return webhooksOf(project).find((hook) => String(hook.id) === id)
}

function getWebhook(project: Project, id: string): Webhook {
  return (
    findWebhook(project, id) ??
    refuse(
      'webhook-missing',
      exception(404, 'webhook.NoSuchWebhookException', `Webhook ${id} does not exist.`),
    )
  )
}

function changed(
  { id, createdAt }: Pick<Webhook, 'id' | 'createdAt'>,
  { name, url, events = [], configuration, active = true }: schemas.NewWebhook,
  now: number,
): Webhook {
  if (name.trim() === '') refuse('webhook-field-invalid', invalidFields([['name', 'A name is required.']]))
  if (!URL.canParse(url) || !/^https?:/.test(url)) {
    refuse('webhook-field-invalid', invalidFields([['url', 'The URL must be an http or https address.']]))
  }
  return {
    id,
    url,
    secret: configuration?.secret ?? null,
    vendor: 'bitbucket',
    events,
    settings: { name, active },
    createdAt,
    updatedAt: now,
  }
}

function presentWebhook(hook: Webhook): schemas.Webhook {
  const { name = `webhook-${hook.id}`, active = true } = hook.settings as { name?: string; active?: boolean }
  return {
    id: hook.id,
    name,
    createdDate: hook.createdAt,
    updatedDate: hook.updatedAt,
    events: [...(hook.events ?? ['repo:refs_changed'])],
    configuration: hook.secret === null ? {} : { secret: hook.secret },
    url: hook.url,
    active,
  }
}
