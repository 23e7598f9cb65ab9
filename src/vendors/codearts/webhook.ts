import { uuidOf } from '../../forge/identifier.ts'
import type { RefChange, Webhook } from '../../forge/model.ts'
import { changedPaths, targetOf } from '../../forge/ref-target.ts'
import type { VendorSettings } from '../vendor.ts'
import type { RefsNews, WebhookDialect } from '../webhook-dialect.ts'
import { hears, settingsOf } from './hook-store.ts'
import { plainUuid } from './identifiers.ts'
import { presentTagPush, type TagPushView } from './present-tag-push.ts'

const TAGS = 'refs/tags/'

/** One request for each tag that was created, moved or deleted; branches are not told of. */
export function codeartsWebhooks(_settings: VendorSettings): WebhookDialect {
  return {
    tell(news, hook) {
      if (!hears(hook, 'tag_push_events')) return []
      const changes = news.changes.filter(({ ref }) => ref.startsWith(TAGS))
      return changes.map((change) => ({
        event: 'Tag Push Hook',
        url: hook.url,
        headers: headersOf(hook),
        body: JSON.stringify(presentTagPush(viewTagPush(news, change, hook), news.base)),
      }))
    },
  }
}

/** The header that carries the secret has the name that the hook was given. */
function headersOf(hook: Webhook): Record<string, string> {
  return {
    'Content-Type': 'application/json',
    'X-Codehub-Event': 'Tag Push Hook',
    ...(hook.secret && { [settingsOf(hook).tokenType]: hook.secret }),
  }
}

function viewTagPush(news: RefsNews, change: RefChange, hook: Webhook): TagPushView {
  const { project, actor, defaultBranch } = news
  const held = change.after === null ? null : targetOf(project, change.after)
  const target = held?.commit ? { commit: held.commit, files: changedPaths(project, held.commit) } : null
  const text = held?.annotation?.message.replace(/\n+$/, '') ?? ''
  return {
    spec: project.spec,
    defaultBranch,
    actor,
    change,
    target,
    message: held ? text : null,
    uuid: plainUuid({ uuid: uuidOf(`${news.id} ${hook.id} ${change.ref}`) }),
  }
}
