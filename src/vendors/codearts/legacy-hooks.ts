import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { dateOfMilliseconds } from './dates.ts'
import { envelop } from './envelope.ts'
import { NewOldHook, OldHook, OldHookParams } from './hook-schemas.ts'
import { freshHook, hears, OLD_TOKEN_TYPE, putHook } from './hook-store.ts'

/** The hooks of v1, whose repositories go by group and name. */
export function registerLegacyHooks(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()

  app.post(
    '/repositories/:group_name/:repository_name/hooks',
    {
      config: { operation: 'codearts.createHookV1', codearts: { needs: 'set' } },
      schema: {
        params: OldHookParams,
        body: NewOldHook,
        response: { 200: OldHook },
        deprecated: { use: 'POST /v4/repositories/:repository_id/hooks' },
      },
    },
    async ({ codeartsProject: project, body }) => {
      const hook = {
        ...freshHook(project, body.hook_url),
        secret: body.token || null,
        events: body.hook_events,
        settings: { tokenType: OLD_TOKEN_TYPE, name: body.service ?? '' },
      }
      putHook(project, hook)
      return envelop({
        id: hook.id,
        project_id: project.spec.id,
        created_at: dateOfMilliseconds(hook.createdAt),
        enable_ssl_verification: false,
        push_events: hears(hook, 'push_events'),
        tag_push_events: hears(hook, 'tag_push_events'),
        merge_requests_events: hears(hook, 'merge_requests_events'),
        note_events: hears(hook, 'note_events'),
      })
    },
  )
}
