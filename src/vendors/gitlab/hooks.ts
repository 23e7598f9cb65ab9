import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { demandRole, demandWrite } from '../../forge/access.ts'
import type { Webhook } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { collection } from './collection.ts'
import { demandUnmodified } from './conditional.ts'
import { message, refuse } from './errors.ts'
import * as schemas from './hook-schemas.ts'
import { addressOf, changeHook, FRESH_EVENTS } from './hook-settings.ts'
import { pageOf } from './page-of.ts'
import { PageQuery } from './page-schemas.ts'
import { presentHook } from './present-hook.ts'

/** https://docs.gitlab.com/api/project_webhooks/ */
export function registerHooks(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const hooks = '/projects/:id/hooks'
  const config = { gitlab: { needs: 'project', user: true } } as const
  const response = { 200: schemas.Hook }

  for (const url of collection(hooks)) {
    app.get(
      url,
      {
        config: { operation: 'gitlab.listHooks', ...config },
        preValidation: demandReader,
        schema: { querystring: PageQuery, response: { 200: schemas.HookList } },
      },
      async (request, reply) => {
        const { gitlabProject: project, query } = request
        const rows = pageOf(request, reply, ownHooks(project), query)
        return rows.map((hook) => presentHook(hook, project.spec.id, true))
      },
    )

    app.post(
      url,
      {
        config: { operation: 'gitlab.createHook', ...config },
        preValidation: demandWriter,
        schema: { body: schemas.NewHook, response: { 201: schemas.Hook } },
      },
      async ({ gitlabProject: project, body }, reply) => {
        const hook = changeHook(freshHook(project, body.url), body, project.forge.clock.now())
        demandGoodUrl(hook)
        project.webhooks = [...project.webhooks, hook]
        reply.code(201)
        return presentHook(hook, project.spec.id)
      },
    )
  }

  app.get(
    `${hooks}/:hook_id`,
    {
      config: { operation: 'gitlab.getHook', ...config },
      preValidation: demandReader,
      schema: { params: schemas.HookParams, response },
    },
    async ({ gitlabProject: project, params }) =>
      presentHook(findHook(project, params.hook_id), project.spec.id),
  )

  app.put(
    `${hooks}/:hook_id`,
    {
      config: { operation: 'gitlab.updateHook', ...config },
      preValidation: demandWriter,
      schema: { params: schemas.HookParams, body: schemas.HookChange, response },
    },
    async ({ gitlabProject: project, params, body }) => {
      const hook = findHook(project, params.hook_id)
      if (Object.keys(body).length === 0)
        refuse('hook-change-empty', { status: 400, body: { error: 'No parameters provided' } })
      const changed = changeHook(hook, body, project.forge.clock.now())
      demandGoodUrl(changed)
      project.webhooks = project.webhooks.map((known) => (known.id === hook.id ? changed : known))
      return presentHook(changed, project.spec.id)
    },
  )

  app.delete(
    `${hooks}/:hook_id`,
    {
      config: { operation: 'gitlab.deleteHook', ...config },
      preValidation: demandWriter,
      schema: { params: schemas.HookParams },
    },
    async (request, reply) => {
      const { gitlabProject: project, params } = request
      const hook = findHook(project, params.hook_id)
      demandUnmodified(request, hook.updatedAt)
      project.webhooks = project.webhooks.filter(({ id }) => id !== hook.id)
      return reply.code(204).send()
    },
  )
}

async function demandReader({ gitlab, gitlabProject }: FastifyRequest): Promise<void> {
  demandRole(gitlab.identity, gitlabProject.spec, 'maintainer')
}

export async function demandWriter({ gitlab, gitlabProject }: FastifyRequest): Promise<void> {
  demandWrite(gitlab.identity, gitlabProject.spec, 'maintainer')
}

/** Hooks that were made through another vendor's API are that vendor's. */
function ownHooks({ webhooks }: Project): Webhook[] {
  return webhooks.filter(({ vendor }) => vendor === null || vendor === 'gitlab').sort((a, b) => a.id - b.id)
}

export function findHook(project: Project, id: number): Webhook {
  return (
    ownHooks(project).find((hook) => hook.id === id) ??
    refuse('hook-not-found', message(404, '404 Not found'))
  )
}

function freshHook({ forge }: Project, url: string): Webhook {
  const now = forge.clock.now()
  return {
    id: forge.nextId('hook'),
    url,
    secret: null,
    vendor: 'gitlab',
    events: FRESH_EVENTS,
    settings: {},
    createdAt: now,
    updatedAt: now,
  }
}

/** A real server also refuses loopback and private addresses unless its administrator allows them; here they are the use. */
function demandGoodUrl(hook: Webhook): void {
  const address = addressOf(hook)
  const url = URL.canParse(address) ? new URL(address) : null
  // The URL standard lets braces into a host name, the libraries that GitLab uses do not.
  const isGood = url && /^https?:$/.test(url.protocol) && /^[\w.:[\]-]+$/.test(url.hostname)
  if (!isGood) refuse('hook-url-invalid', { status: 422, body: { error: 'Invalid url given' } })
}
