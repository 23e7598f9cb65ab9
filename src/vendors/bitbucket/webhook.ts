import { createHmac } from 'node:crypto'
import { listCommits } from '../../forge/history.ts'
import { uuidOf } from '../../forge/identifier.ts'
import type { Webhook } from '../../forge/model.ts'
import { targetOf } from '../../forge/ref-target.ts'
import type { VendorSettings } from '../vendor.ts'
import type { RefsNews, WebhookDialect, WebhookRequest } from '../webhook-dialect.ts'
import { presentFromRefUpdated, presentRefsChanged, type RefsView } from './present-refs-changed.ts'
import { type Profile, profileNamed } from './profiles.ts'

const REFS_CHANGED = 'repo:refs_changed'
const FROM_REF_UPDATED = 'pr:from_ref_updated'
const PING = 'diagnostics:ping'
/** How many commits an event is told with. */
const TOLD_COMMITS = 5

/** https://confluence.atlassian.com/bitbucketserver/event-payload-938025882.html: one event for all refs of a push. */
export function bitbucketWebhooks(settings: VendorSettings): WebhookDialect {
  return {
    tell(news, hook) {
      const profile = profileNamed(news.project.spec.profiles.bitbucket ?? settings.profile)
      const view = viewRefs(news)
      if (!profile.hasWebhooks || !hears(hook, REFS_CHANGED) || view.changes.length === 0) return []
      const { users } = news.project.forge.world
      const body = JSON.stringify(presentRefsChanged(view, { base: news.base, profile, users }))
      return [requestTo(hook, REFS_CHANGED, body, uuidOf(`${news.id} ${hook.id}`), profile)]
    },
    tellPullRequest(news, hook) {
      const { project, request } = news
      const profile = profileNamed(project.spec.profiles.bitbucket ?? settings.profile)
      if (!profile.hasWebhooks || !hears(hook, FROM_REF_UPDATED)) return []
      const { users } = project.forge.world
      const body = JSON.stringify(presentFromRefUpdated(news, { base: news.base, profile, users }))
      const id = uuidOf(`${news.id} ${hook.id} ${request.number}`)
      return [requestTo(hook, FROM_REF_UPDATED, body, id, profile)]
    },
  }
}

/** The request that says no more than that the address works. */
export function pingOf(hook: Pick<Webhook, 'url' | 'secret'>, id: string, profile: Profile): WebhookRequest {
  return requestTo(hook, PING, '{"test":true}', id, profile)
}

function requestTo(
  { url, secret }: Pick<Webhook, 'url' | 'secret'>,
  event: string,
  body: string,
  id: string,
  { version, buildNumber }: Profile,
): WebhookRequest {
  const signature = secret ? createHmac('sha256', secret).update(body).digest('hex') : null
  return {
    event,
    url,
    headers: {
      'X-Event-Key': event,
      'X-Request-Id': id,
      ...(signature && { 'X-Hub-Signature': `sha256=${signature}` }),
      'Content-Type': 'application/json; charset=utf-8',
      'User-Agent': `Atlassian HttpClient 3.0.4 / Bitbucket-${version} (${buildNumber}) / Default`,
    },
    body,
  }
}

/** A hook that names no events, as fixtures may have them, hears of moved refs only. */
function hears({ events, settings }: Webhook, event: string): boolean {
  return settings.active !== false && (events ?? [REFS_CHANGED]).includes(event)
}

/** Other refs than branches and tags are not spoken of. */
function viewRefs({ project, changes, actor, at }: RefsNews): RefsView {
  const { spec, forge } = project
  const told = changes.filter(({ ref }) => /^refs\/(?:heads|tags)\//.test(ref))
  const owner = spec.owner.kind === 'user' ? (forge.user(spec.owner.alias) ?? null) : null
  return { spec, owner, actor, at, changes: told, tip: tipOf({ project, changes: told }) }
}

/** Of a single ref that was not deleted, the commit and those before it; of several it is not known whose they would be. */
function tipOf({ project, changes }: Pick<RefsNews, 'project' | 'changes'>): RefsView['tip'] {
  const [change, ...others] = changes
  const commit = change?.after && others.length === 0 ? targetOf(project, change.after).commit : null
  if (!change || !commit) return null
  const { objects } = project.repository
  const known = change.before === null ? null : targetOf(project, change.before).commit
  return {
    commit,
    parents: commit.parents.map((parent) => objects.commit(parent)),
    commits: listCommits(project, {
      tips: [commit.oid],
      exclude: known ? [known.oid] : [],
      limit: TOLD_COMMITS,
    }),
  }
}
