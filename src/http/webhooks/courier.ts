import { randomUUID } from 'node:crypto'
import type { Forge } from '../../forge/forge.ts'
import type { RefsChanged, Webhook } from '../../forge/model.ts'
import { movedPullRequests, seeMoved } from '../../forge/moved-pull-requests.ts'
import type { Project } from '../../forge/project.ts'
import type { Sandbox, SandboxWatcher } from '../../forge/sandbox.ts'
import type { WebhookDialect, WebhookRequest } from '../../vendors/webhook-dialect.ts'
import type { Delivery } from './delivery.ts'
import { type DeliveryRules, Outbox } from './outbox.ts'

/** A vendor's dialect, where the vendor is mounted. */
export interface MountedDialect {
  readonly dialect: WebhookDialect
  /** Context path of the vendor, without a trailing slash. */
  readonly prefix: string
}

export interface CourierOptions {
  /** By vendor id. */
  readonly dialects: ReadonlyMap<string, MountedDialect>
  readonly rules: DeliveryRules
  /** What addresses begin with as long as nobody has asked for anything. */
  readonly defaultOrigin: () => string
  readonly report: (error: unknown) => void
}

/**
 * Brings the news of every world to its webhooks. Whoever moved a ref does not wait for that: news are only noted while refs
 * move, and told afterwards.
 */
export class Courier implements SandboxWatcher {
  readonly #options: CourierOptions
  readonly #outboxes = new Map<Sandbox, Outbox>()
  readonly #origins = new WeakMap<Sandbox, string>()
  readonly #ended = new WeakSet<Sandbox>()
  #isClosed = false

  constructor(options: CourierOptions) {
    this.#options = options
  }

  forked(sandbox: Sandbox, forge: Forge): void {
    forge.onRefsChanged((event) => {
      // Requests that were under way during a reset still write into the forge before.
      if (sandbox.forge === forge) this.#note(sandbox, forge, event)
    })
  }

  restarted(sandbox: Sandbox): void {
    this.clear(sandbox)
  }

  ended(sandbox: Sandbox): void {
    this.clear(sandbox)
    this.#ended.add(sandbox)
  }

  /** Drops what is in flight, and the log. */
  clear(sandbox: Sandbox): void {
    this.#outboxes.get(sandbox)?.close()
    this.#outboxes.delete(sandbox)
  }

  /** Notes how a client addressed a world, for the addresses in what is sent. */
  visit(sandbox: Sandbox, origin: string): void {
    this.#origins.set(sandbox, origin)
  }

  outbox(sandbox: Sandbox): Outbox {
    const known = this.#outboxes.get(sandbox)
    if (known) return known
    const outbox = new Outbox(this.#options.rules)
    const isOver = this.#ended.has(sandbox)
    if (this.#isClosed || isOver) outbox.close()
    // A request that outlives its sandbox must not bring it back: nobody would ever clear it away again.
    if (!isOver) this.#outboxes.set(sandbox, outbox)
    return outbox
  }

  /** Sends something at once, for vendors that let their users try a webhook. `hook` is null for a bare address. */
  try(
    sandbox: Sandbox,
    project: Project,
    vendor: string,
    hook: Webhook | null,
    request: WebhookRequest,
  ): Promise<Delivery> {
    const addressee = { webhook: hook?.id ?? null, project: project.spec.path, vendor }
    return this.outbox(sandbox).send(addressee, request)
  }

  /** Drops everything that is in flight, for good. */
  close(): void {
    this.#isClosed = true
    for (const outbox of this.#outboxes.values()) outbox.close()
  }

  #note(sandbox: Sandbox, forge: Forge, event: RefsChanged): void {
    const project = forge.opened(event.projectId)
    const moved = movedPullRequests(forge, event).filter(({ webhooks }) => webhooks.length > 0)
    if (!project || (project.webhooks.length === 0 && moved.length === 0)) return
    const { webhooks, tagRules, defaultBranch } = project
    const { changes, actor } = event
    const facts = { id: randomUUID(), actor, at: forge.clock.now() }
    const outbox = this.outbox(sandbox)
    const origin = this.#origins.get(sandbox) ?? this.#options.defaultOrigin()
    const told = outbox.keepBusy(async () => {
      await new Promise((resolve) => setImmediate(resolve))
      const round = { outbox, origin, vendor: event.vendor }
      this.#tellAll({ ...round, project, webhooks }, (dialect, base, hook) =>
        dialect.tell({ ...facts, project, changes, defaultBranch, tagRules, base }, hook),
      )
      for (const each of moved) {
        const seen = await seeMoved(forge, each)
        const news = { ...facts, ...seen, before: each.before }
        this.#tellAll({ ...round, ...seen, webhooks: each.webhooks }, (dialect, base, hook) =>
          dialect.tellPullRequest?.({ ...news, base }, hook),
        )
      }
    })
    told.catch(this.#options.report)
  }

  /** Has each hook told in its own dialect, or in that of whoever made the change. */
  #tellAll({ outbox, origin, project, webhooks, vendor: by }: Round, tell: Tell): void {
    for (const hook of webhooks) {
      const vendor = hook.vendor ?? by
      const mounted = this.#options.dialects.get(vendor)
      if (!mounted) continue
      try {
        for (const request of tell(mounted.dialect, origin + mounted.prefix, hook) ?? [])
          void outbox.send({ webhook: hook.id, project: project.spec.path, vendor }, request)
      } catch (error) {
        // One hook that cannot be told must not keep the others from hearing.
        this.#options.report(error)
      }
    }
  }
}

interface Round {
  readonly outbox: Outbox
  /** What addresses begin with, but for the vendor's context path. */
  readonly origin: string
  readonly project: Project
  readonly webhooks: readonly Webhook[]
  /** Who made the change. */
  readonly vendor: string
}

type Tell = (dialect: WebhookDialect, base: string, hook: Webhook) => readonly WebhookRequest[] | undefined
