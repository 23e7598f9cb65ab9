import { fail } from '../../failure.ts'
import type { Webhook } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import type { HookEvent } from './hook-schemas.ts'

/** What this vendor keeps of a hook beside its address, secret and events: the webhook's `settings`. */
export interface HookSettings {
  readonly name: string
  readonly description: string
  /** The name of the request header that carries the secret. */
  readonly tokenType: string
  readonly branchFilter: string
}

/** Hooks of the older generation send their secret in a header of their own. */
export const OLD_TOKEN_TYPE = 'X-Codehub-Token'

const DEFAULTS: HookSettings = { name: '', description: '', tokenType: 'X-Repo-Token', branchFilter: '' }

/** A hook that names no events, as fixtures may have them, hears of what moves refs. */
const USUAL_EVENTS: readonly HookEvent[] = ['push_events', 'tag_push_events']

export function settingsOf({ settings }: Webhook): HookSettings {
  return { ...DEFAULTS, ...settings }
}

/** Whether a hook hears of an event. */
export function hears({ events }: Webhook, event: HookEvent): boolean {
  const names: readonly string[] = events ?? USUAL_EVENTS
  return names.includes(event)
}

/** Hooks that were made through another vendor's API are that vendor's. */
export function ownHooks({ webhooks }: Project): Webhook[] {
  return webhooks.filter(({ vendor }) => vendor === null || vendor === 'codearts').sort((a, b) => a.id - b.id)
}

/** Throws `object-missing`. */
export function findHook(project: Project, id: number): Webhook {
  return ownHooks(project).find((hook) => hook.id === id) ?? fail('object-missing', { oid: String(id) })
}

/** Puts a hook in the place of the one with its id, or at the end. */
export function putHook(project: Project, hook: Webhook): void {
  const isKnown = project.webhooks.some(({ id }) => id === hook.id)
  project.webhooks = isKnown
    ? project.webhooks.map((known) => (known.id === hook.id ? hook : known))
    : [...project.webhooks, hook]
}

export function removeHook(project: Project, { id }: Webhook): void {
  project.webhooks = project.webhooks.filter((known) => known.id !== id)
}

/** A hook that nothing is known of but its address. */
export function freshHook({ forge }: Project, url: string): Webhook {
  const now = forge.clock.now()
  return {
    id: forge.nextId('hook'),
    url,
    secret: null,
    vendor: 'codearts',
    events: [],
    settings: {},
    createdAt: now,
    updatedAt: now,
  }
}
