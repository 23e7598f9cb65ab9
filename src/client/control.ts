import type { Coverage } from '../http/coverage/coverage.ts'
import type { Credentials } from './clone-url.ts'
import type { ClockControl, FaultControl, JournalControl, WebhookControl } from './world-controls.ts'

/** Where one vendor is to be found in a world. */
export interface VendorAddress {
  /** What its clients are configured with: `http://127.0.0.1:4747/api/v4`. */
  readonly url: string
  /**
   * The clone URL of a project, by path or id, with credentials in it if they are given. Throws ControlPlaneError
   * (`project-missing`).
   */
  cloneUrl(project: string | number, credentials?: Credentials): Promise<string>
}

/** A whole world as one document; what is in it may change from version to version. */
export interface StateDocument {
  readonly format: 'fakeforge-state'
  readonly version: number
  readonly [key: string]: unknown
}

export interface SandboxOptions {
  /** The world that it begins with; absent: the server's initial one. */
  readonly fixture?: object
  /** The name of a snapshot to begin with, instead of a fixture. */
  readonly snapshot?: string
  /** Seconds after which it goes by itself; at most, and by default, what the server allows. */
  readonly ttl?: number
}

export interface SandboxFacts {
  readonly id: string
  readonly url: string
  /** ISO 8601. */
  readonly createdAt: string
  /** When it goes by itself, as far as was known when it was asked for: use may put that off. */
  readonly expiresAt: string | null
}

export interface VersionFacts {
  readonly name: 'fakeforge'
  readonly version: string
  /** The profile that each vendor has. */
  readonly vendors: Readonly<Record<string, string>>
}

/**
 * One world, and what a test does to it between requests: of a server in this process, of one elsewhere, of a sandbox.
 * Everything may throw ControlPlaneError; of a server elsewhere also ConnectionError; of a sandbox also SandboxGoneError.
 */
export interface Control {
  /** What every address of this world begins with, no trailing slash. */
  readonly url: string
  readonly gitlab: VendorAddress
  readonly bitbucket: VendorAddress
  readonly gitflic: VendorAddress
  readonly codearts: VendorAddress
  readonly clock: ClockControl
  readonly journal: JournalControl
  readonly faults: FaultControl
  readonly webhooks: WebhookControl
  /** Back to the beginning, or to the world of a fixture. Throws FixtureError, and nothing has changed then. */
  reset(fixture?: object): Promise<void>
  /** The world as it is now. */
  state(): Promise<StateDocument>
  /** Takes such a document in. Throws StateError, and nothing has changed then. */
  setState(state: StateDocument): Promise<void>
  /** Saves the world as it is under a name, for this world or any other of the server. */
  snapshot(name: string): Promise<void>
  /** Brings a snapshot into this world. */
  restore(name: string): Promise<void>
  /** The names of the snapshots of the server. */
  snapshots(): Promise<string[]>
  deleteSnapshot(name: string): Promise<void>
  /** A new world beside this one. Throws FixtureError. */
  sandbox(options?: SandboxOptions): Promise<SandboxControl>
  /** The sandboxes of the server, oldest first. */
  sandboxes(): Promise<SandboxFacts[]>
  health(): Promise<{ readonly status: 'ok' }>
  version(): Promise<VersionFacts>
  /** What each operation of the server can answer, and where that is known from. */
  coverage(): Promise<Coverage>
}

/** An isolated world of a server. */
export interface SandboxControl extends Control, SandboxFacts, AsyncDisposable {
  /** Takes the sandbox away; one that is gone already is as well. `await using` does it at the end of a block. */
  close(): Promise<void>
}
