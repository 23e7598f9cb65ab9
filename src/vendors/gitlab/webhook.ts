import { Script } from 'node:vm'
import { uuidOf } from '../../forge/identifier.ts'
import type { RefChange, Webhook } from '../../forge/model.ts'
import { matchesWildcard } from '../../forge/wildcard.ts'
import type { VendorSettings } from '../vendor.ts'
import type { WebhookDialect, WebhookRequest } from '../webhook-dialect.ts'
import { addressOf, hears, settingsOf } from './hook-settings.ts'
import { toJson } from './json.ts'
import { presentPush } from './present-push.ts'
import { type Profile, profileNamed } from './profiles.ts'
import { BRANCHES, TAGS, viewPush } from './push-view.ts'
import { renderTemplate } from './webhook-template.ts'

/** A push that moves more refs of a kind tells nobody of any of them: `push_event_hooks_limit`. */
const MOST_REFS = 3

/** What an honest pattern of a branch filter needs, milliseconds. */
const PATIENCE = 100

const match = new Script('pattern.test(branch)')

export type PushTrigger = 'push_events' | 'tag_push_events'

/** https://docs.gitlab.com/user/project/integrations/webhook_events/ */
export function gitlabWebhooks(settings: VendorSettings): WebhookDialect {
  const profile = profileNamed(settings.profile)
  return {
    tell(news, hook) {
      const branches = news.changes.filter(({ ref }) => ref.startsWith(BRANCHES))
      const tags = news.changes.filter(({ ref }) => ref.startsWith(TAGS))
      return [
        ...tellOf(branches.filter(wantedBy(hook)), 'push_events'),
        ...tellOf(tags, 'tag_push_events'),
      ].flatMap(({ change, trigger }) => {
        const data = presentPush(viewPush(news, change), news.base, profile)
        const ids = { event: news.id, delivery: uuidOf(`${news.id} ${hook.id} ${change.ref}`) }
        return requestTo(hook, trigger, data, { ids, base: news.base, profile }) ?? []
      })

      function tellOf(changes: readonly RefChange[], trigger: PushTrigger) {
        if (changes.length > MOST_REFS || !hears(hook, trigger)) return []
        return changes.map((change) => ({ change, trigger }))
      }
    },
  }
}

export interface Circumstances {
  readonly ids: { readonly event: string; readonly delivery: string }
  readonly base: string
  readonly profile: Profile
}

/** A hook's request, with its own headers and in its own form; null when its template makes no sense of the data. */
export function requestTo(
  hook: Webhook,
  trigger: PushTrigger,
  data: Readonly<Record<string, unknown>>,
  { ids, base, profile }: Circumstances,
): WebhookRequest | null {
  const settings = settingsOf(hook)
  const template = settings.custom_webhook_template
  const payload = template ? renderTemplate(template, data) : data
  if (payload === null) return null
  const event = trigger === 'push_events' ? 'Push Hook' : 'Tag Push Hook'
  return {
    event,
    url: addressOf(hook),
    headers: {
      ...settings.custom_headers,
      'Content-Type': 'application/json',
      'User-Agent': `GitLab/${profile.version}`,
      ...(profile.hookHeaders === 'all' && { 'Idempotency-Key': ids.delivery }),
      'X-Gitlab-Event': event,
      ...(profile.hookHeaders === 'all' && {
        // Not the hook's own: GitLab makes one up for each delivery.
        'X-Gitlab-Webhook-UUID': uuidOf(`webhook ${ids.delivery}`),
        'X-Gitlab-Instance': base,
      }),
      ...(profile.hookHeaders !== 'event' && { 'X-Gitlab-Event-UUID': ids.event }),
      ...(hook.secret && { 'X-Gitlab-Token': hook.secret.replace(/[\r\n]/g, '') }),
    },
    body: toJson(payload),
    ...(!settings.enable_ssl_verification && { insecure: true }),
  }
}

function wantedBy(hook: Webhook): (change: RefChange) => boolean {
  const { push_events_branch_filter: filter, branch_filter_strategy: strategy } = settingsOf(hook)
  return ({ ref }) => {
    const branch = ref.slice(BRANCHES.length)
    if (!filter || strategy === 'all_branches') return true
    return strategy === 'regex' ? matchesPattern(filter, branch) : matchesWildcard(filter, branch, 'any-run')
  }
}

/** A pattern that cannot be read matches nothing, and neither does one that makes the matching take for ever. */
function matchesPattern(pattern: string, branch: string): boolean {
  try {
    return match.runInNewContext({ pattern: new RegExp(pattern), branch }, { timeout: PATIENCE }) === true
  } catch {
    return false
  }
}
