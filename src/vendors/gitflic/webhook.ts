import type { RefChange, Webhook } from '../../forge/model.ts'
import type { VendorSettings } from '../vendor.ts'
import type { WebhookDialect } from '../webhook-dialect.ts'
import { toJson } from './json.ts'
import { presentRefEvent, type RefAction } from './present-ref-event.ts'
import { eventsOf } from './present-webhook.ts'

/** https://docs.gitflic.ru/en/common/webhook: one request for each ref. A tag that is moved is no event at all. */
export function gitflicWebhooks(_settings: VendorSettings): WebhookDialect {
  return {
    tell({ project: { spec }, changes, base }, hook) {
      return changes.flatMap((change) => {
        const action = actionOf(change)
        if (action === null || !eventsOf(hook).includes(action)) return []
        const body = toJson(presentRefEvent(spec, action, change, base))
        return [{ event: action, url: hook.url, headers: headersOf(hook), body }]
      })
    },
  }
}

/** The secret goes along as it is; nothing is signed. */
function headersOf({ secret }: Webhook): Record<string, string> {
  return {
    'Content-Type': 'application/json',
    ...(secret && { 'Gitflic-Webhook-Secret': secret }),
  }
}

function actionOf({ ref, before, after }: RefChange): RefAction | null {
  if (ref.startsWith('refs/tags/')) {
    if (before === null) return 'TAG_CREATE'
    return after === null ? 'TAG_DELETE' : null
  }
  if (!ref.startsWith('refs/heads/')) return null
  if (before === null) return 'BRANCH_CREATE'
  return after === null ? 'BRANCH_DELETE' : 'BRANCH_UPDATE'
}
