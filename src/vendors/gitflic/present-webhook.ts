import { uuidOf } from '../../forge/identifier.ts'
import type { Webhook } from '../../forge/model.ts'
import type { ProjectSpec } from '../../forge/spec.ts'
import { databaseDate } from './dates.ts'
import type * as schemas from './release-schemas.ts'

/** https://docs.gitflic.ru/en/common/webhook */
const EVENTS = [
  'ISSUE_CREATE',
  'ISSUE_UPDATE',
  'NEW_ISSUE_NOTE',
  'MERGE_REQUEST_CREATE',
  'MERGE_REQUEST_UPDATE',
  'MERGE_REQUEST_ACCEPT',
  'MERGE_REQUEST_CLOSE',
  'MERGE_REQUEST_CANCEL',
  'MERGE',
  'DISCUSSION_CREATE',
  'TAG_CREATE',
  'TAG_DELETE',
  'BRANCH_CREATE',
  'BRANCH_DELETE',
  'BRANCH_UPDATE',
  'COLLABORATOR_ADD',
  'COLLABORATOR_UPDATE',
  'COLLABORATOR_DELETE',
  'PIPELINE_NEW',
  'PIPELINE_SUCCESS',
  'PIPELINE_WARNING',
  'PIPELINE_FAIL',
] as const

/** What a webhook of a fixture that names no events is told of. */
const TAG_EVENTS: readonly string[] = ['TAG_CREATE', 'TAG_DELETE']

/** The known events that are set to true; others are passed over, as unknown fields are everywhere. */
export function selectedEvents(events: Readonly<Record<string, boolean>>): string[] {
  return EVENTS.filter((event) => Object.hasOwn(events, event) && events[event])
}

export function presentWebhook({ uuid: projectId }: ProjectSpec, hook: Webhook): schemas.Webhook {
  const selected = eventsOf(hook)
  return {
    id: uuidOfWebhook(hook),
    url: hook.url,
    secret: hook.secret,
    projectId,
    createdAt: databaseDate(hook.createdAt),
    updatedAt: databaseDate(hook.updatedAt),
    events: Object.fromEntries(EVENTS.map((event) => [event, selected.includes(event)])),
  }
}

/** The events that a webhook hears of. */
export function eventsOf({ events }: Webhook): readonly string[] {
  return events ?? TAG_EVENTS
}

export function uuidOfWebhook({ id }: Webhook): string {
  return uuidOf(`webhook ${id}`)
}
