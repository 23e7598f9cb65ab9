/**
 * How a vendor says where it knows its behaviour from. Each has one table of these beside its code, in `evidence/`; it is
 * loaded when somebody asks for it, so that no start pays for it. Names of refusals are part of the code that refuses, as a
 * type, so that a refusal without evidence does not compile.
 */
import type { FailureCode } from '../failure.ts'

/**
 * From the strongest to the weakest: an answer of a real server that somebody has written down; the vendor's own source or
 * its own tests; its documentation; what a client expects that is used against real servers; our own conclusion.
 */
export const evidenceKinds = ['recording', 'source', 'documentation', 'client', 'inferred'] as const
export type EvidenceKind = (typeof evidenceKinds)[number]

/** Where a piece of behaviour is known from. */
export interface Evidence {
  readonly kind: EvidenceKind
  /** In words that let a reader find it: "lib/api/tags.rb", "Tags API, Create a new tag". For `inferred`: from what. */
  readonly source: string
  /** The first version of the vendor's that does so, as the vendor writes it; absent: as far back as is known. */
  readonly since?: string
  /** The last one. */
  readonly until?: string
}

/** A piece of behaviour, in a sentence in the present tense, and all that is known of its origin. */
export interface Rule {
  readonly rule: string
  readonly evidence: readonly [Evidence, ...Evidence[]]
}

/** What an operation answers when it does what it was asked for, or refuses. */
export interface OutcomeRule extends Rule {
  readonly status: number
}

/** A refusal: a profile or a quirk may give it another status than its usual one. */
export interface RefusalRule extends OutcomeRule {
  readonly otherStatuses?: readonly number[]
}

/** An operation, and the outcomes that it can have. */
export interface OperationEvidence<Refusal extends string = string> {
  /** What it does, in the imperative: "List tags". */
  readonly summary: string
  /** By a short name: `ok`, `not-modified`. */
  readonly successes: Readonly<Record<string, OutcomeRule>>
  /** Failures of the forge that it can end in, beside those that any operation of the vendor can. */
  readonly failures: readonly FailureCode[]
  /** Refusals of the vendor's own, beside those of any operation. */
  readonly refusals: readonly Refusal[]
  /** Names of ordering rules that its lists follow. */
  readonly orderings?: readonly string[]
  /** Real clients, and recordings, that our own tests hold it against; none: only our own reading of the evidence. */
  readonly provenBy: readonly string[]
  /** What the vendor's operation can do beyond this. */
  readonly missing?: readonly string[]
}

/** All that a vendor can answer, and why we think so. */
export interface VendorEvidence<Operation extends string = string, Refusal extends string = string> {
  readonly operations: Readonly<Record<Operation, OperationEvidence<Refusal>>>
  /** What becomes of each failure of the forge: total, so that a new one does not compile without its evidence. */
  readonly failures: Readonly<Record<FailureCode, RefusalRule>>
  readonly refusals: Readonly<Record<Refusal, RefusalRule>>
  /** What any operation can end in. */
  readonly everywhere: { readonly failures: readonly FailureCode[]; readonly refusals: readonly Refusal[] }
  /** By name: which headers answers carry, and when. */
  readonly headers: Readonly<Record<string, Rule>>
  /** By name: how lists are sorted, ties included. */
  readonly orderings: Readonly<Record<string, Rule>>
}

/** Short forms for the tables. */
export const recording = (source: string, versions: Versions = {}): Evidence =>
  known('recording', source, versions)
export const source = (where: string, versions: Versions = {}): Evidence => known('source', where, versions)
export const documentation = (page: string, versions: Versions = {}): Evidence =>
  known('documentation', page, versions)
export const client = (name: string, versions: Versions = {}): Evidence => known('client', name, versions)
export const inferred = (from: string, versions: Versions = {}): Evidence => known('inferred', from, versions)

/** A rule in one line. */
export function ruleOf(rule: string, ...evidence: Rule['evidence']): Rule {
  return { rule, evidence }
}

/** An outcome in one line. */
export function outcome(status: number, rule: string, ...evidence: Rule['evidence']): OutcomeRule {
  return { status, rule, evidence }
}

/** An outcome that a profile or a quirk gives other statuses. */
export function refusal(
  [status, ...otherStatuses]: readonly [number, ...number[]],
  rule: string,
  ...evidence: Rule['evidence']
): RefusalRule {
  return { status, otherStatuses, rule, evidence }
}

interface Versions {
  readonly since?: string
  readonly until?: string
}

function known(kind: EvidenceKind, text: string, versions: Versions): Evidence {
  return { kind, source: text, ...versions }
}
