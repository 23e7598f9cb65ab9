/** What is known of each operation, as `GET /coverage` tells it. */
import type { Evidence, EvidenceKind } from '../../vendors/evidence.ts'

export interface CoveredRule {
  readonly name: string
  /** A sentence in the present tense. */
  readonly rule: string
  /** The strongest first. */
  readonly evidence: readonly Evidence[]
}

export interface CoveredOutcome extends CoveredRule {
  readonly isRefusal: boolean
  readonly status: number
  /** Those that a profile or a quirk gives it. */
  readonly otherStatuses: readonly number[]
}

export interface CoveredOperation {
  /** `gitlab.createTag` */
  readonly operation: string
  readonly summary: string
  /** `POST /api/v4/projects/{id}/repository/tags`; none where the profile that is imitated has none. */
  readonly routes: readonly string[]
  /** Those that any operation of the vendor can have are not repeated. */
  readonly outcomes: readonly CoveredOutcome[]
  /** Names of rules by which its lists are sorted. */
  readonly orderings: readonly string[]
  /** Clients and recordings that our own tests hold it against. */
  readonly provenBy: readonly string[]
  /** What the real operation can do beyond this. */
  readonly missing: readonly string[]
}

export type ByEvidence = Readonly<Record<EvidenceKind, number>>

export interface Totals {
  readonly operations: number
  /** Operations that some client or recording proves. */
  readonly proven: number
  /** Outcomes of operations, and of any operation, by their strongest evidence. */
  readonly outcomes: ByEvidence
  /** Rules about headers and the order of lists, likewise. */
  readonly rules: ByEvidence
}

export interface VendorCoverage {
  /** `git` stands for git's own protocol at the clone URLs of all vendors. */
  readonly vendor: string
  readonly title: string
  /** What is imitated; null where versions do not matter. */
  readonly profile: string | null
  readonly totals: Totals
  readonly operations: readonly CoveredOperation[]
  /** What any operation can end in. */
  readonly everywhere: readonly CoveredOutcome[]
  readonly headers: readonly CoveredRule[]
  readonly orderings: readonly CoveredRule[]
  /** Failures of the forge that no operation of this vendor ends in. */
  readonly unused: readonly string[]
}

export interface Coverage {
  readonly vendors: readonly VendorCoverage[]
  readonly totals: Totals
}
