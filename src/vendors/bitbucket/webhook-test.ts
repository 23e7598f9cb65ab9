import { randomUUID } from 'node:crypto'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { exception, invalidFields, refuse } from './answers.ts'
import { RepositoryParams } from './schemas.ts'
import { pingOf } from './webhook.ts'
import { TestWebhook, WebhookTrial } from './webhook-schemas.ts'
import { findWebhook } from './webhooks.ts'

/** Tries an address; the answer waits for the receiver's and shows it, with the request. */
export function registerWebhookTest(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  app.post(
    '/api/1.0/projects/:key/repos/:slug/webhooks/test',
    {
      config: {
        operation: 'bitbucket.testWebhook',
        bitbucket: { needs: 'REPO_ADMIN', feature: 'hasWebhooks', mayBeBodiless: true },
      },
      schema: { params: RepositoryParams, querystring: TestWebhook, response: { 200: WebhookTrial } },
    },
    async ({ bitbucket, bitbucketProject: project, query, sandbox }) => {
      const { url, webhookId } = query
      if (!url || !URL.canParse(url) || !/^https?:/.test(url))
        return refuse(
          'webhook-field-invalid',
          invalidFields([['url', 'The URL must be an http or https address.']]),
        )
      const secret = webhookId === undefined ? null : (findWebhook(project, webhookId)?.secret ?? null)
      const request = pingOf({ url, secret }, randomUUID(), bitbucket.profile)
      const { attempts } = await app.courier.try(sandbox, project, 'bitbucket', null, request)
      const { answer = null, error = '' } = attempts.at(-1) ?? {}
      if (!answer)
        return refuse('webhook-unreachable', exception(400, 'webhook.WebhookTestException', error ?? ''))
      return {
        request: { method: 'POST' as const, url, headers: { ...request.headers }, body: request.body },
        response: { statusCode: answer.status, headers: { ...answer.headers }, body: answer.body },
      }
    },
  )
}
