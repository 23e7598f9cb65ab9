import type { DifferenceKind } from '../exchange/difference.ts'
import type { VendorId } from '../options.ts'
import type { Evidence } from '../vendors/evidence.ts'

/**
 * Who left what the others agree on. Where nothing was written down, or what was written says nothing about the place, the
 * live server is the measure, and it is the fake that drifted.
 */
export type Drifter = 'live' | 'fake' | 'both' | 'document'

/** What each of the three says at one place; absent where it has nothing there, or was not asked. */
export interface Said {
  readonly document?: unknown
  readonly live?: unknown
  readonly fake?: unknown
}

/** A place of an answer at which not all say the same. */
export interface Drift {
  readonly vendor: VendorId
  readonly operation: string | null
  readonly exchange: string
  /** JSON pointer into the answer: `/status`, `/headers/link`, `/body/0/name`. */
  readonly pointer: string
  readonly kind: DifferenceKind
  readonly drifted: Drifter
  readonly said: Said
  /** Where the document's answer is known from, or else that of the operation. */
  readonly evidence: Evidence | null
  /** Why the baseline lets it be; null: it does not. */
  readonly accepted: string | null
}

export interface Skipped {
  readonly exchange: string
  readonly reason: string
}

/** What came of one session. */
export interface SessionReport {
  readonly vendor: VendorId
  /** The file, or the story. */
  readonly source: string
  readonly exchanges: readonly { readonly name: string; readonly drifts: readonly Drift[] }[]
  readonly skipped: readonly Skipped[]
  /** Worth knowing, but no drift. */
  readonly notes: readonly string[]
}
