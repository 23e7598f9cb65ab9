import { type Static, Type } from 'typebox'
import { PageOf, RepositoryParams } from './schemas.ts'

export const WebhookParams = Type.Object({ ...RepositoryParams.properties, id: Type.String() })

export const NewWebhook = Type.Object({
  name: Type.String(),
  url: Type.String(),
  events: Type.Optional(Type.Array(Type.String())),
  configuration: Type.Optional(Type.Object({ secret: Type.Optional(Type.String()) })),
  active: Type.Optional(Type.Boolean()),
})
export type NewWebhook = Static<typeof NewWebhook>

export const Webhook = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  createdDate: Type.Integer({ description: 'epoch milliseconds' }),
  updatedDate: Type.Integer(),
  events: Type.Array(Type.String()),
  configuration: Type.Object({ secret: Type.Optional(Type.String()) }),
  url: Type.String(),
  active: Type.Boolean(),
})
export type Webhook = Static<typeof Webhook>

export const WebhookPage = PageOf(Webhook)

export const TestWebhook = Type.Object({
  url: Type.Optional(Type.String()),
  webhookId: Type.Optional(Type.String({ description: 'the webhook whose secret signs the request' })),
})

const Headers = Type.Record(Type.String(), Type.Union([Type.String(), Type.Array(Type.String())]))

/** What came of trying an address; of its shape only the two parts are known. */
export const WebhookTrial = Type.Object({
  request: Type.Object({
    method: Type.Literal('POST'),
    url: Type.String(),
    headers: Headers,
    body: Type.String(),
  }),
  response: Type.Object({ statusCode: Type.Integer(), headers: Headers, body: Type.String() }),
})
