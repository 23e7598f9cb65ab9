/** What a server can be told. Pure data: where the values come from (flags, environment, file, code) is not known here. */

export const vendorIds = ['bitbucket', 'gitlab', 'gitflic', 'codearts'] as const

export type VendorId = (typeof vendorIds)[number]

export const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const

export type LogLevel = (typeof logLevels)[number]

export interface Options {
  /** 0 lets the system choose a free port. */
  readonly port: number
  /** The address to bind; anything but loopback lets other machines in. */
  readonly host: string
  /** Path of a YAML or JSON fixture, or the fixture itself. Absent: the demo world. */
  readonly fixture?: string | object
  /** Folder that the main world is kept in; absent: it is in memory only. */
  readonly data?: string
  /** Which version of a vendor to imitate; absent: the vendor's first profile. */
  readonly profiles: Readonly<Partial<Record<VendorId, string>>>
  /** Oddities to switch on, by full name: `gitflic.tagGet400`. */
  readonly quirks: readonly string[]
  /** Context path of a vendor, with leading and without trailing slash: `/bitbucket`. */
  readonly prefixes: Readonly<Partial<Record<VendorId, string>>>
  /** Origin (and base path) that absolute links carry; absent: taken from each request. No trailing slash. */
  readonly publicUrl?: string
  /** ISO 8601 instant at which time stands still; absent: the system's clock. */
  readonly clock?: string
  readonly logLevel: LogLevel
  /** Largest API request body, bytes. */
  readonly bodyLimit: number
  /** Largest body of a git push or fetch, bytes. */
  readonly gitBodyLimit: number
  /** Folder below which a fixture posted to the control plane may name repositories. */
  readonly repoRoot?: string
  /** How long a webhook's receiver may take to answer, milliseconds. */
  readonly webhookTimeout: number
  /** How often a delivery is tried again after no answer, a 408, a 429 or a 5xx. */
  readonly webhookRetries: number
  /** Milliseconds before the first of these; each next one waits twice as long. */
  readonly webhookRetryDelay: number
  /** Hosts, addresses and networks beyond loopback and private ones that webhooks may be sent to; `*` for all. */
  readonly webhookAllow: readonly string[]
  /** Largest state that `PUT /__admin/state` takes, bytes. */
  readonly stateLimit: number
  /** How many sandboxes there may be at once. */
  readonly sandboxLimit: number
  /** How long a sandbox is there at most, milliseconds. */
  readonly sandboxLifetime: number
  /** How long a sandbox without a time of its own is there when nobody asks for it, milliseconds. */
  readonly sandboxIdle: number
  /** How many requests the journal of each sandbox keeps; 0 keeps none and costs nothing. */
  readonly journalSize: number
  /** How much of each body the journal keeps, bytes. */
  readonly journalBodyLimit: number
  /** Whether a reset leaves the requests of before in the journal. */
  readonly journalKeep: boolean
  /** How many answers are kept to be given again to the same request while nothing has changed; 0 keeps none. */
  readonly keptAnswers: number
  /** Whether the journal tells what clients do wrong although their vendors let it pass. */
  readonly strict: boolean
  /** Whether each answer has a header that names its rule, and where that is known from. */
  readonly explain: boolean
  /** When set, the control plane asks for it as `Authorization: Bearer …`. */
  readonly adminToken?: string
}

/** What the command line starts from. */
export const defaultOptions: Options = {
  port: 4747,
  host: '127.0.0.1',
  profiles: {},
  quirks: [],
  prefixes: {},
  logLevel: 'info',
  bodyLimit: 10 * 1024 * 1024,
  gitBodyLimit: 512 * 1024 * 1024,
  webhookTimeout: 10_000,
  webhookRetries: 0,
  webhookRetryDelay: 1000,
  webhookAllow: [],
  stateLimit: 256 * 1024 * 1024,
  sandboxLimit: 10_000,
  sandboxLifetime: 24 * 3_600_000,
  sandboxIdle: 3_600_000,
  journalSize: 1000,
  journalBodyLimit: 64 * 1024,
  journalKeep: false,
  strict: false,
  explain: false,
  keptAnswers: 64,
}

/** What code that starts a server starts from: any free port, so that several fit into one process, and no noise. */
export const libraryOptions: Options = { ...defaultOptions, port: 0, logLevel: 'silent' }
