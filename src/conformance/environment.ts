import type { Driver } from './driver.ts'
import type { Caller, Send, StoryExchange } from './wire.ts'

/** What the real git sees, and can do, in the project that is tried. */
export interface GitAccess {
  /** The tags of the server, by name. */
  tags(): Promise<ReadonlyMap<string, GitTag>>
  /** Makes tags point at commits of the project, whatever they pointed at. Rejects when the server refuses. */
  move(tags: Readonly<Record<string, string>>): Promise<void>
  remove(names: readonly string[]): Promise<void>
}

export interface GitTag {
  /** What the ref holds. */
  readonly object: string
  /** What the tag object leads to; null for a light tag. */
  readonly peeled: string | null
}

/** Another vendor's API in front of the same project, reached through the same `send`. */
export interface Observer {
  readonly driver: Driver
  readonly caller: Caller
}

/** What a run has at hand. All but the first two are abilities: without one, the steps that need it are skipped. */
export interface Environment {
  readonly send: Send
  /** Who may create and delete tags; for a read-only run: who may read. */
  readonly writer: Caller
  /** Full ids of commits of the project, two at least; absent: those that its tags lead to. */
  readonly commits?: readonly string[]
  /** Somebody who may create tags, but not of a name that is made of what is unique to the run. */
  readonly limited?: { readonly caller: Caller; name(unique: string): string }
  readonly git?: GitAccess
  readonly observers?: readonly Observer[]
  /** Told of every exchange as it ends. */
  record?(exchange: StoryExchange): void
}
