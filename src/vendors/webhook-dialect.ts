/**
 * How a vendor tells webhooks of what moved. When, where to and how often things are sent is the same for all and lives in
 * `src/http/webhooks`; a vendor only says whether a hook hears of something, and in which words.
 *
 * To give a vendor webhooks: write `src/vendors/<v>/webhook.ts` with a function `(settings) => WebhookDialect` and name it
 * as `webhooks` in the vendor's index.ts.
 */
import type { Oid, RefChange, TagRule, User, Webhook } from '../forge/model.ts'
import type { Project } from '../forge/project.ts'
import type { SeenPullRequest } from '../forge/pull-request-view.ts'

/** One action's worth of moved refs, with the project as it was right after. */
export interface RefsNews {
  /** Of the event, by chance; identifiers of what is sent are to be derived from it, so that a dialect stays pure. */
  readonly id: string
  /** To read objects from: those never change and never go. What else is in it may have changed since. */
  readonly project: Project
  /** Never empty, in the order in which they were asked for. */
  readonly changes: readonly RefChange[]
  readonly actor: User | null
  /** Epoch milliseconds. */
  readonly at: number
  /** The short name of the branch that HEAD pointed at. */
  readonly defaultBranch: string
  readonly tagRules: readonly TagRule[]
  /** Scheme, host and context path of this vendor: what addresses begin with. */
  readonly base: string
}

/** The source branch of an open pull request has moved. */
export interface PullRequestNews extends Pick<RefsNews, 'id' | 'actor' | 'at' | 'base'> {
  /** The project that the pull request belongs to. */
  readonly project: Project
  readonly request: SeenPullRequest
  /** What its source branch held before. */
  readonly before: Oid
}

/** A request to make, always a POST. */
export interface WebhookRequest {
  /** The vendor's own name of what it tells of, for the log. */
  readonly event: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Takes any certificate. */
  readonly insecure?: true
}

export interface WebhookDialect {
  /** What a hook is sent, in this order; nothing when it does not hear of this. Pure. */
  tell(news: RefsNews, hook: Webhook): readonly WebhookRequest[]
  /** The same of a pull request that has moved; absent where nobody is told. */
  tellPullRequest?(news: PullRequestNews, hook: Webhook): readonly WebhookRequest[]
}
