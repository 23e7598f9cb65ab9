import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import type { Webhook } from '../../forge/model.ts'
import { dateOfMilliseconds } from './dates.ts'
import * as schemas from './hook-schemas.ts'
import {
  findHook,
  freshHook,
  type HookSettings,
  hears,
  ownHooks,
  putHook,
  removeHook,
  settingsOf,
} from './hook-store.ts'
import { RepositoryParams } from './schemas.ts'

/** https://support.huaweicloud.com/intl/en-us/api-codeartsrepo/AddRepositoryWebhook.html and its neighbours */
export function registerHooks(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const hooks = '/repositories/:repository_id/hooks'
  const config = { codearts: { needs: 'set', action: 'codeartsrepo:repository:setRepository' } } as const
  const response = { 200: schemas.Hook }

  app.get(
    hooks,
    {
      config: { operation: 'codearts.listHooks', ...config },
      schema: {
        params: RepositoryParams,
        querystring: schemas.ListHooks,
        response: { 200: schemas.HookList },
      },
    },
    async ({ codeartsProject: project, query: { offset, limit } }, reply) => {
      const own = ownHooks(project)
      reply.header('x-total', String(own.length))
      return own.slice(offset, offset + limit).map(presentHook)
    },
  )

  app.post(
    hooks,
    {
      config: { operation: 'codearts.createHook', ...config },
      schema: { params: RepositoryParams, body: schemas.NewHook, response: { 201: schemas.Hook } },
    },
    async ({ codeartsProject: project, body }, reply) => {
      const hook = changeHook(freshHook(project, body.url), body, project.forge.clock.now())
      putHook(project, hook)
      reply.code(201)
      // The one time that the token is shown.
      return { ...presentHook(hook), token: hook.secret ?? '' }
    },
  )

  app.get(
    `${hooks}/:hook_id`,
    {
      config: { operation: 'codearts.getHook', ...config },
      schema: { params: schemas.HookParams, response },
    },
    async ({ codeartsProject: project, params }) => presentHook(findHook(project, params.hook_id)),
  )

  app.put(
    `${hooks}/:hook_id`,
    {
      config: { operation: 'codearts.updateHook', ...config },
      schema: { params: schemas.HookParams, body: schemas.HookChange, response },
    },
    async ({ codeartsProject: project, params, body }) => {
      const hook = changeHook(findHook(project, params.hook_id), body, project.forge.clock.now())
      putHook(project, hook)
      return presentHook(hook)
    },
  )

  app.delete(
    `${hooks}/:hook_id`,
    { config: { operation: 'codearts.deleteHook', ...config }, schema: { params: schemas.HookParams } },
    async ({ codeartsProject: project, params }, reply) => {
      removeHook(project, findHook(project, params.hook_id))
      return reply.code(204).send()
    },
  )
}

function changeHook(hook: Webhook, change: schemas.HookChange, now: number): Webhook {
  const old = settingsOf(hook)
  const settings: HookSettings = {
    name: change.name ?? old.name,
    description: change.description ?? old.description,
    tokenType: change.token_type ?? old.tokenType,
    branchFilter: change.push_events_branch_regex_filter ?? old.branchFilter,
  }
  return {
    ...hook,
    url: change.url ?? hook.url,
    secret: change.token === undefined ? hook.secret : change.token || null,
    events: schemas.HOOK_EVENTS.filter((event) => change[event] ?? hears(hook, event)),
    settings: { ...settings },
    updatedAt: now,
  }
}

function presentHook(hook: Webhook): schemas.Hook {
  const settings = settingsOf(hook)
  return {
    url: hook.url,
    name: settings.name,
    description: settings.description,
    token: hook.secret === null ? '' : '******',
    token_type: settings.tokenType,
    push_events: hears(hook, 'push_events'),
    push_events_branch_regex_filter: settings.branchFilter,
    tag_push_events: hears(hook, 'tag_push_events'),
    merge_requests_events: hears(hook, 'merge_requests_events'),
    note_events: hears(hook, 'note_events'),
    id: hook.id,
    created_at: dateOfMilliseconds(hook.createdAt),
    updated_at: dateOfMilliseconds(hook.updatedAt),
  }
}
