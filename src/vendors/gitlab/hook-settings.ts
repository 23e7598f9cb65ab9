import type { Webhook } from '../../forge/model.ts'
import { HOOK_EVENTS, type HookChange, type HookEvent } from './hook-schemas.ts'

/** What GitLab keeps of a hook beside its address, secret and events: the webhook's `settings`. */
export interface HookSettings {
  readonly name: string | null
  readonly description: string | null
  readonly enable_ssl_verification: boolean
  readonly push_events_branch_filter: string | null
  readonly branch_filter_strategy: string
  readonly custom_webhook_template: string | null
  /** Values stay secret; clients are told the keys only. */
  readonly url_variables: Readonly<Record<string, string>>
  readonly custom_headers: Readonly<Record<string, string>>
}

const DEFAULTS: HookSettings = {
  name: null,
  description: null,
  enable_ssl_verification: true,
  push_events_branch_filter: null,
  branch_filter_strategy: 'wildcard',
  custom_webhook_template: null,
  url_variables: {},
  custom_headers: {},
}

/** A hook that names no events, as fixtures may have them, hears of what moves refs. */
const USUAL_EVENTS: readonly HookEvent[] = ['push_events', 'tag_push_events']

/** What a fresh hook hears of; app/models/hooks/web_hook.rb */
export const FRESH_EVENTS: readonly HookEvent[] = ['push_events']

export function settingsOf({ settings }: Webhook): HookSettings {
  return { ...DEFAULTS, ...settings }
}

/** Whether a hook hears of an event. */
export function hears({ events }: Webhook, event: HookEvent): boolean {
  const names: readonly string[] = events ?? USUAL_EVENTS
  return names.includes(event)
}

/** Where a hook is delivered: its URL with the variables filled in. */
export function addressOf(hook: Webhook): string {
  const { url_variables: variables } = settingsOf(hook)
  return hook.url.replace(/\{([A-Za-z][\w.-]*)\}/g, (whole, key: string) => variables[key] ?? whole)
}

/** A hook with the parameters of a request worked in. */
export function changeHook(hook: Webhook, change: HookChange, now: number): Webhook {
  const moves = change.url !== undefined && change.url !== hook.url
  const old = settingsOf(hook)
  const settings: HookSettings = {
    name: change.name === undefined ? old.name : change.name,
    description: change.description === undefined ? old.description : change.description,
    enable_ssl_verification: change.enable_ssl_verification ?? old.enable_ssl_verification,
    push_events_branch_filter:
      change.push_events_branch_filter === undefined
        ? old.push_events_branch_filter
        : change.push_events_branch_filter,
    branch_filter_strategy: change.branch_filter_strategy ?? old.branch_filter_strategy,
    custom_webhook_template:
      change.custom_webhook_template === undefined
        ? old.custom_webhook_template
        : change.custom_webhook_template,
    // Secrets are for the old address: a new one starts without them.
    url_variables: { ...(moves ? {} : old.url_variables), ...toRecord(change.url_variables) },
    custom_headers: { ...(moves ? {} : old.custom_headers), ...toRecord(change.custom_headers) },
  }
  return {
    ...hook,
    url: change.url ?? hook.url,
    secret: secretOf(hook, change, moves),
    events: HOOK_EVENTS.filter((event) => wants(hook, change, event)),
    settings: { ...settings },
    updatedAt: now,
  }
}

function secretOf(hook: Webhook, { token }: HookChange, moves: boolean): string | null {
  if (token !== undefined) return token || null
  return moves ? null : hook.secret
}

function wants(hook: Webhook, change: HookChange, event: HookEvent): boolean {
  const wanted = event === 'repository_update_events' ? undefined : change[event]
  return wanted ?? hears(hook, event)
}

function toRecord(pairs: HookChange['url_variables']): Record<string, string> {
  return Object.fromEntries((pairs ?? []).map(({ key, value }) => [key, value]))
}
