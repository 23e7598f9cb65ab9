import type { Evidence, Rule } from '../../vendors/evidence.ts'
import type { Errand } from '../operations.ts'
import type { EvidenceTable } from './assemble.ts'
import { byStrength } from './strength.ts'

/** How a request ended. */
export interface Ending extends Errand {
  /** What refused it; null: nothing did, or nobody knows. */
  readonly rule: string | null
  readonly status: number
  /** Whether a fault rule may have had a hand in it. */
  readonly mayBeFault: boolean
}

/** What stands where the evidence has nothing to say. */
export const UNKNOWN = '?'

/**
 * One line of ASCII about an ending: `gitlab.createTag/ref-exists; source "lib/api/tags.rb"`. Where several outcomes have the
 * status of a success, all of them stand there, with ` | ` between.
 */
export function explain(ending: Ending, table: EvidenceTable | undefined): string {
  const { vendor, operation, rule, status, mayBeFault } = ending
  if (!table) return 'fakeforge/unknown-route; inferred "no vendor is at this address"'
  const subject = operation ?? vendor ?? UNKNOWN
  const found = rule === null ? successesOf(table, operation, status) : refusalOf(table, rule, ending)
  if (found.length === 0)
    return mayBeFault ? `${subject}/fault; inferred "a fault rule of this world"` : `${subject}/${UNKNOWN}`
  return found.map(([name, { evidence }]) => `${subject}/${name}${writeEvidence(evidence)}`).join(' | ')
}

type Named = readonly [name: string, rule: Rule]

/** Where a fault may have replaced the answer, the status has to be one of the rule's. */
function refusalOf(
  { failures, refusals }: EvidenceTable,
  rule: string,
  { status, mayBeFault }: Ending,
): Named[] {
  const row = failures[rule] ?? refusals[rule]
  if (!row || (mayBeFault && ![row.status, ...(row.otherStatuses ?? [])].includes(status))) return []
  return [[rule, row]]
}

function successesOf(
  { operations, headers }: EvidenceTable,
  operation: string | null,
  status: number,
): Named[] {
  // What is no operation and refuses nothing tells which methods there are.
  if (operation === null) return headers.allow ? [['allow', headers.allow]] : []
  const successes = Object.entries(operations[operation]?.successes ?? {})
  return successes.filter(([, success]) => success.status === status)
}

function writeEvidence(evidence: readonly Evidence[]): string {
  const [strongest] = byStrength(evidence)
  if (!strongest) return ''
  const { kind, source, since, until } = strongest
  const versions = [since && ` since ${since}`, until && ` until ${until}`].filter(Boolean).join('')
  return `; ${kind} "${toAscii(source)}"${versions}`
}

/** Headers are ASCII: typographic signs become plain ones, and letters lose what they wear. */
function toAscii(text: string): string {
  return text
    .replace(/[‘’`"“”]/g, "'")
    .replace(/[–—]/g, '-')
    .replaceAll('…', '...')
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^\x20-\x7e]/g, '?')
}
