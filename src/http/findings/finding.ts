/** What a client can be found to do wrong, although its vendor lets it pass. */
export const findingKinds = [
  'unknown-parameter',
  'deprecated-route',
  'deprecated-parameter',
  'pages-unread',
  'retry-after-ignored',
] as const
export type FindingKind = (typeof findingKinds)[number]

/** One thing that a client does wrong, with the request that shows it. */
export interface Finding {
  readonly kind: FindingKind
  /** The number of the request in the journal. */
  readonly request: number
  readonly vendor: string | null
  readonly operation: string | null
  /** Whom the credential led to. */
  readonly user: string | null
  readonly method: string
  /** As it was sent, without credentials and query. */
  readonly path: string
  /** A sentence. */
  readonly wrong: string
  /** What would be right: a sentence too. */
  readonly right: string
}
