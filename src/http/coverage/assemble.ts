/** From what vendors say of themselves to what is known of each operation. Loaded when somebody asks. */
import { evidenceKinds, type OperationEvidence, type RefusalRule, type Rule } from '../../vendors/evidence.ts'
import type {
  ByEvidence,
  Coverage,
  CoveredOperation,
  CoveredOutcome,
  CoveredRule,
  Totals,
  VendorCoverage,
} from './coverage.ts'
import { byStrength } from './strength.ts'

/** A table of evidence: of a vendor, where every failure of the forge has its row, or of git, where only some have. */
export interface EvidenceTable {
  readonly operations: Readonly<Record<string, OperationEvidence>>
  readonly failures: Readonly<Partial<Record<string, RefusalRule>>>
  readonly refusals: Readonly<Record<string, RefusalRule>>
  readonly everywhere: { readonly failures: readonly string[]; readonly refusals: readonly string[] }
  readonly headers: Readonly<Record<string, Rule>>
  readonly orderings: Readonly<Record<string, Rule>>
}

export interface CoverageFacts {
  readonly vendor: string
  readonly title: string
  readonly profile: string | null
  readonly evidence: EvidenceTable
  /** By operation: `POST /api/v4/…`. */
  readonly routes: ReadonlyMap<string, readonly string[]>
}

export function assembleCoverage(facts: readonly CoverageFacts[]): Coverage {
  const vendors = facts.map(coverVendor)
  return { vendors, totals: sumUp(vendors.map(({ totals }) => totals)) }
}

function coverVendor({ vendor, title, profile, evidence, routes }: CoverageFacts): VendorCoverage {
  const operations = Object.entries(evidence.operations).map(([operation, known]) =>
    coverOperation(operation, known, evidence, routes.get(operation) ?? []),
  )
  const everywhere = refusalsOf(evidence, evidence.everywhere)
  const [headers, orderings] = [coverRules(evidence.headers), coverRules(evidence.orderings)]
  const used = new Set(
    [...everywhere, ...operations.flatMap(({ outcomes }) => outcomes)].map(({ name }) => name),
  )
  return {
    vendor,
    title,
    profile,
    totals: {
      operations: operations.length,
      proven: operations.filter(({ provenBy }) => provenBy.length > 0).length,
      outcomes: countByEvidence([...everywhere, ...operations.flatMap(({ outcomes }) => outcomes)]),
      rules: countByEvidence([...headers, ...orderings]),
    },
    operations,
    everywhere,
    headers,
    orderings,
    unused: Object.keys(evidence.failures).filter((code) => !used.has(code)),
  }
}

function coverOperation(
  operation: string,
  known: OperationEvidence,
  table: EvidenceTable,
  routes: readonly string[],
): CoveredOperation {
  const { summary, successes, orderings = [], provenBy, missing = [] } = known
  const good = Object.entries(successes).map(([name, { status, rule, evidence }]) => ({
    name,
    isRefusal: false,
    status,
    otherStatuses: [],
    rule: asSentence(rule),
    evidence: byStrength(evidence),
  }))
  const { everywhere } = table
  const own = {
    failures: known.failures.filter((name) => !everywhere.failures.includes(name)),
    refusals: known.refusals.filter((name) => !everywhere.refusals.includes(name)),
  }
  return {
    operation,
    summary,
    routes,
    outcomes: [...good, ...refusalsOf(table, own)],
    orderings,
    provenBy,
    missing,
  }
}

function refusalsOf(
  table: EvidenceTable,
  { failures, refusals }: { readonly failures: readonly string[]; readonly refusals: readonly string[] },
): CoveredOutcome[] {
  return [
    ...failures.flatMap((name) => coverRefusal(name, table.failures[name])),
    ...refusals.flatMap((name) => coverRefusal(name, table.refusals[name])),
  ]
}

function coverRefusal(name: string, row: RefusalRule | undefined): CoveredOutcome[] {
  if (!row) return []
  const { status, otherStatuses = [], rule, evidence } = row
  return [
    { name, isRefusal: true, status, otherStatuses, rule: asSentence(rule), evidence: byStrength(evidence) },
  ]
}

function coverRules(rules: Readonly<Record<string, Rule>>): CoveredRule[] {
  return Object.entries(rules).map(([name, { rule, evidence }]) => ({
    name,
    rule: asSentence(rule),
    evidence: byStrength(evidence),
  }))
}

/** Some tables have them without a capital and a full stop. A name of the vendor's stays as it is spelt. */
function asSentence(rule: string): string {
  const start = /^[a-z]+(?=[ ,])/.test(rule) ? rule.charAt(0).toUpperCase() + rule.slice(1) : rule
  return /[.!?]$/.test(start) ? start : `${start}.`
}

function countByEvidence(rules: readonly CoveredRule[]): ByEvidence {
  return perKind((kind) => rules.filter(({ evidence }) => evidence[0]?.kind === kind).length)
}

function sumUp(totals: readonly Totals[]): Totals {
  const sum = (read: (each: Totals) => number) => totals.reduce((all, each) => all + read(each), 0)
  return {
    operations: sum(({ operations }) => operations),
    proven: sum(({ proven }) => proven),
    outcomes: perKind((kind) => sum(({ outcomes }) => outcomes[kind])),
    rules: perKind((kind) => sum(({ rules }) => rules[kind])),
  }
}

function perKind(count: (kind: keyof ByEvidence) => number): ByEvidence {
  return Object.fromEntries(evidenceKinds.map((kind) => [kind, count(kind)])) as unknown as ByEvidence
}
