import { type Static, Type } from 'typebox'
import { Paging, RepositoryId } from './schemas.ts'

/** What a hook can be triggered by; a hook's `events` are the names of those that are switched on. */
export const HOOK_EVENTS = ['push_events', 'tag_push_events', 'merge_requests_events', 'note_events'] as const
export type HookEvent = (typeof HOOK_EVENTS)[number]

const Flag = Type.Optional(Type.Boolean())
const Text = Type.Optional(Type.String({ maxLength: 2000 }))
const Url = Type.String({ minLength: 1, maxLength: 2000, format: 'url' })

const changeable = {
  name: Text,
  description: Text,
  token: Text,
  token_type: Type.Optional(Type.Enum(['X-Repo-Token', 'X-Gitlab-Token', 'X-Auth-Token'])),
  push_events: Flag,
  push_events_branch_regex_filter: Text,
  tag_push_events: Flag,
  merge_requests_events: Flag,
  note_events: Flag,
}

export const NewHook = Type.Object({ url: Url, ...changeable })

export const HookChange = Type.Object({ url: Type.Optional(Url), ...changeable })
export type HookChange = Static<typeof HookChange>

export const HookParams = Type.Object({
  ...RepositoryId,
  hook_id: Type.Integer({ minimum: 1, maximum: 2147483647 }),
})

export const ListHooks = Type.Object({ ...Paging })

export const Hook = Type.Object({
  url: Type.String(),
  name: Type.String(),
  description: Type.String(),
  token: Type.String(),
  token_type: Type.String(),
  push_events: Type.Boolean(),
  push_events_branch_regex_filter: Type.String(),
  tag_push_events: Type.Boolean(),
  merge_requests_events: Type.Boolean(),
  note_events: Type.Boolean(),
  id: Type.Integer(),
  created_at: Type.String(),
  updated_at: Type.String(),
})
export type Hook = Static<typeof Hook>

export const HookList = Type.Array(Hook)

/** v1 */
export const OldHookParams = Type.Object({ group_name: Type.String(), repository_name: Type.String() })

export const NewOldHook = Type.Object({
  hook_url: Url,
  service: Text,
  token: Text,
  hook_events: Type.Array(Type.Enum(HOOK_EVENTS), { minItems: 1 }),
})

export const OldHook = Type.Object({
  result: Type.Object({
    id: Type.Integer(),
    project_id: Type.Integer(),
    created_at: Type.String(),
    enable_ssl_verification: Type.Boolean(),
    push_events: Type.Boolean(),
    tag_push_events: Type.Boolean(),
    merge_requests_events: Type.Boolean(),
    note_events: Type.Boolean(),
  }),
  status: Type.Literal('success'),
})
