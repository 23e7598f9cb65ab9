import { type Static, Type } from 'typebox'
import { NullableText, PageQuery, pageSchema } from './page-schemas.ts'
import { ProjectParams } from './schemas.ts'

/** Releases and webhook settings, their fields in the documented order. */

const Attachment = Type.Object({ name: Type.String(), link: Type.String() })

export const Release = Type.Object({
  id: Type.String(),
  title: Type.String(),
  projectId: Type.String(),
  authorId: Type.String(),
  description: NullableText,
  tagName: Type.String(),
  commitId: NullableText,
  createdAt: Type.String(),
  updatedAt: Type.String(),
  attachmentFiles: Type.Array(Attachment),
  preRelease: Type.Boolean(),
})
export type Release = Static<typeof Release>

export const ReleasePage = pageSchema('releaseTagModelList', Release)

export const ReleaseQuery = Type.Object({
  ...PageQuery.properties,
  tagName: Type.Optional(Type.String({ description: 'part of the name' })),
})

export const ReleaseParams = Type.Object({ ...ProjectParams.properties, releaseUuid: Type.String() })

export const NewRelease = Type.Object({
  title: Type.String(),
  description: Type.Optional(Type.String()),
  tagName: Type.String(),
  preRelease: Type.Optional(Type.Boolean()),
})

export type NewRelease = Static<typeof NewRelease>

const Events = Type.Record(Type.String(), Type.Boolean())

export const Webhook = Type.Object({
  id: Type.String(),
  url: Type.String(),
  secret: NullableText,
  projectId: Type.String(),
  createdAt: Type.String(),
  updatedAt: Type.String(),
  events: Events,
})
export type Webhook = Static<typeof Webhook>

export const WebhookPage = pageSchema('webhookList', Webhook)

export const WebhookParams = Type.Object({ ...ProjectParams.properties, webhookUuid: Type.String() })

export const NewWebhook = Type.Object({
  url: Type.String({ format: 'web-address' }),
  secret: Type.String({ format: 'secret' }),
  events: Events,
})
export type NewWebhook = Static<typeof NewWebhook>

export const WebhookChange = Type.Partial(NewWebhook)
export type WebhookChange = Static<typeof WebhookChange>
