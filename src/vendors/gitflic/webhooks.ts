import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'

import type { Webhook } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { PROJECT_CHANGE } from './auth.ts'
import type { Endpoint } from './context.ts'
import { NOT_FOUND, refuse } from './errors.ts'
import { PageQuery } from './page-schemas.ts'
import { pageOf, pageRequest, sendPage } from './paging.ts'
import { presentWebhook, selectedEvents, uuidOfWebhook } from './present-webhook.ts'
import type { Quirks } from './quirks.ts'
import * as schemas from './release-schemas.ts'
import { ProjectParams } from './schemas.ts'

const READING: Endpoint = { scopes: ['PROJECT_READ'], needs: 'project', role: 'maintainer' }
const WRITING: Endpoint = { scopes: PROJECT_CHANGE, needs: 'project', role: 'maintainer', writes: true }

/** https://docs.gitflic.ru/en/api/webhooks: everything but the list is a POST. */
export function registerWebhooks(instance: FastifyInstance, quirks: Quirks): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const webhooks = '/project/:ownerAlias/:projectAlias/setting/webhook'

  app.get(
    webhooks,
    {
      config: { operation: 'gitflic.listWebhooks', gitflic: READING },
      schema: { params: ProjectParams, querystring: PageQuery, response: { 200: schemas.WebhookPage } },
    },
    async ({ gitflicProject: project, query }, reply) => {
      const page = pageRequest(query, quirks)
      const own = webhooksOf(project)
      const items = pageOf(own, page).map((hook) => presentWebhook(project.spec, hook))
      return sendPage(reply, 'webhookList', items, own.length, page)
    },
  )

  app.post(
    webhooks,
    {
      config: { operation: 'gitflic.createWebhook', gitflic: WRITING },
      schema: { params: ProjectParams, body: schemas.NewWebhook, response: { 200: schemas.Webhook } },
    },
    async ({ gitflicProject: project, body: { url, secret, events } }) => {
      const now = project.forge.clock.now()
      const hook: Webhook = {
        id: project.forge.nextId('hook'),
        url,
        secret,
        vendor: 'gitflic',
        events: selectedEvents(events),
        settings: {},
        createdAt: now,
        updatedAt: now,
      }
      project.webhooks = [...project.webhooks, hook]
      return presentWebhook(project.spec, hook)
    },
  )

  app.post(
    `${webhooks}/:webhookUuid`,
    {
      config: { operation: 'gitflic.updateWebhook', gitflic: WRITING },
      schema: {
        params: schemas.WebhookParams,
        body: schemas.WebhookChange,
        response: { 200: schemas.Webhook },
      },
    },
    async ({ gitflicProject: project, params, body: { events, ...changes } }) => {
      const before = webhookOf(project, params.webhookUuid)
      const after: Webhook = {
        ...before,
        ...changes,
        ...(events && { events: selectedEvents(events) }),
        updatedAt: project.forge.clock.now(),
      }
      project.webhooks = project.webhooks.map((hook) => (hook === before ? after : hook))
      return presentWebhook(project.spec, after)
    },
  )

  app.post(
    `${webhooks}/:webhookUuid/delete`,
    {
      config: { operation: 'gitflic.deleteWebhook', gitflic: WRITING },
      schema: { params: schemas.WebhookParams },
    },
    async ({ gitflicProject: project, params }, reply) => {
      const gone = webhookOf(project, params.webhookUuid)
      project.webhooks = project.webhooks.filter((hook) => hook !== gone)
      return reply.code(204).send()
    },
  )
}

/** Webhooks that another vendor's API or the fixture gave to another vendor are none of GitFlic's. */
function webhooksOf({ webhooks }: Project): Webhook[] {
  return webhooks.filter(({ vendor }) => vendor === null || vendor === 'gitflic')
}

function webhookOf(project: Project, uuid: string): Webhook {
  return (
    webhooksOf(project).find((hook) => uuidOfWebhook(hook) === uuid) ?? refuse('webhook-not-found', NOT_FOUND)
  )
}
