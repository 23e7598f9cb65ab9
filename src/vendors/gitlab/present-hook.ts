import type { Webhook } from '../../forge/model.ts'
import { utcDate } from './dates.ts'
import type { Hook } from './hook-schemas.ts'
import { hears, settingsOf } from './hook-settings.ts'

/** lib/api/entities/project_hook.rb. Deliveries never switch a hook off here, so that it is always executable. */
export function presentHook(hook: Webhook, projectId: number, inList = false): Hook {
  const settings = settingsOf(hook)
  return {
    id: hook.id,
    url: hook.url,
    name: settings.name,
    description: settings.description,
    created_at: utcDate(hook.createdAt),
    push_events: hears(hook, 'push_events'),
    tag_push_events: hears(hook, 'tag_push_events'),
    merge_requests_events: hears(hook, 'merge_requests_events'),
    repository_update_events: hears(hook, 'repository_update_events'),
    enable_ssl_verification: settings.enable_ssl_verification,
    alert_status: 'executable',
    disabled_until: null,
    ...(!inList && { url_variables: keysOf(settings.url_variables) }),
    push_events_branch_filter: settings.push_events_branch_filter,
    branch_filter_strategy: settings.branch_filter_strategy,
    custom_webhook_template: settings.custom_webhook_template,
    ...(!inList && { custom_headers: keysOf(settings.custom_headers) }),
    project_id: projectId,
    issues_events: hears(hook, 'issues_events'),
    confidential_issues_events: hears(hook, 'confidential_issues_events'),
    note_events: hears(hook, 'note_events'),
    confidential_note_events: hears(hook, 'confidential_note_events'),
    pipeline_events: hears(hook, 'pipeline_events'),
    wiki_page_events: hears(hook, 'wiki_page_events'),
    deployment_events: hears(hook, 'deployment_events'),
    feature_flag_events: hears(hook, 'feature_flag_events'),
    job_events: hears(hook, 'job_events'),
    releases_events: hears(hook, 'releases_events'),
    milestone_events: hears(hook, 'milestone_events'),
    emoji_events: hears(hook, 'emoji_events'),
    resource_access_token_events: hears(hook, 'resource_access_token_events'),
  }
}

function keysOf(record: Readonly<Record<string, string>>): { key: string }[] {
  return Object.keys(record).map((key) => ({ key }))
}
