import { type Static, Type } from 'typebox'

/** What a hook can be triggered by; a hook's `events` are the names of those that are switched on. */
export const HOOK_EVENTS = [
  'push_events',
  'tag_push_events',
  'merge_requests_events',
  'repository_update_events',
  'issues_events',
  'confidential_issues_events',
  'note_events',
  'confidential_note_events',
  'pipeline_events',
  'wiki_page_events',
  'deployment_events',
  'feature_flag_events',
  'job_events',
  'releases_events',
  'milestone_events',
  'emoji_events',
  'resource_access_token_events',
] as const
export type HookEvent = (typeof HOOK_EVENTS)[number]

const Flag = Type.Optional(Type.Boolean())
const ClearableText = Type.Optional(Type.Unsafe<string | null>({ type: 'string', nullable: true }))
const Pairs = Type.Optional(Type.Array(Type.Object({ key: Type.String(), value: Type.String() })))
const NullableText = Type.Union([Type.String(), Type.Null()])
const Keys = Type.Array(Type.Object({ key: Type.String() }))

export const HookParams = Type.Object({ id: Type.String(), hook_id: Type.Integer() })

/** Of all that a hook can be triggered by, what `test` takes. */
const TEST_TRIGGERS = HOOK_EVENTS.filter((event) => event !== 'repository_update_events')
export type TestTrigger = Exclude<HookEvent, 'repository_update_events'>

export const HookTestParams = Type.Object({
  ...HookParams.properties,
  trigger: Type.Unsafe<TestTrigger>(Type.Enum(TEST_TRIGGERS)),
})

const properties = {
  name: ClearableText,
  description: ClearableText,
  push_events: Flag,
  issues_events: Flag,
  confidential_issues_events: Flag,
  merge_requests_events: Flag,
  tag_push_events: Flag,
  note_events: Flag,
  confidential_note_events: Flag,
  job_events: Flag,
  pipeline_events: Flag,
  wiki_page_events: Flag,
  deployment_events: Flag,
  feature_flag_events: Flag,
  releases_events: Flag,
  milestone_events: Flag,
  emoji_events: Flag,
  resource_access_token_events: Flag,
  enable_ssl_verification: Flag,
  token: ClearableText,
  push_events_branch_filter: ClearableText,
  custom_webhook_template: ClearableText,
  branch_filter_strategy: Type.Optional(Type.Enum(['wildcard', 'regex', 'all_branches'])),
  url_variables: Pairs,
  custom_headers: Pairs,
}

export const NewHook = Type.Object({ url: Type.String(), ...properties })
export const HookChange = Type.Object({ url: Type.Optional(Type.String()), ...properties })
export type HookChange = Static<typeof HookChange>

/** `url_variables` and `custom_headers` are not shown in lists. */
export const Hook = Type.Object({
  id: Type.Integer(),
  url: Type.String(),
  name: NullableText,
  description: NullableText,
  created_at: Type.String(),
  push_events: Type.Boolean(),
  tag_push_events: Type.Boolean(),
  merge_requests_events: Type.Boolean(),
  repository_update_events: Type.Boolean(),
  enable_ssl_verification: Type.Boolean(),
  alert_status: Type.String(),
  disabled_until: NullableText,
  url_variables: Type.Optional(Keys),
  push_events_branch_filter: NullableText,
  branch_filter_strategy: Type.String(),
  custom_webhook_template: NullableText,
  custom_headers: Type.Optional(Keys),
  project_id: Type.Integer(),
  issues_events: Type.Boolean(),
  confidential_issues_events: Type.Boolean(),
  note_events: Type.Boolean(),
  confidential_note_events: Type.Boolean(),
  pipeline_events: Type.Boolean(),
  wiki_page_events: Type.Boolean(),
  deployment_events: Type.Boolean(),
  feature_flag_events: Type.Boolean(),
  job_events: Type.Boolean(),
  releases_events: Type.Boolean(),
  milestone_events: Type.Boolean(),
  emoji_events: Type.Boolean(),
  resource_access_token_events: Type.Boolean(),
})
export type Hook = Static<typeof Hook>

export const HookList = Type.Array(Hook)
