import type { VendorId } from '../options.ts'
import type { Evidence, VendorEvidence } from '../vendors/evidence.ts'
import { vendors } from '../vendors/index.ts'

/** Where it is known from that an operation answers with a status; null where nobody has written that down. */
export async function evidenceOf(
  vendor: VendorId,
  operation: string | null,
  status: number,
): Promise<Evidence | null> {
  const table = await vendors.find(({ id }) => id === vendor)?.evidence?.()
  if (!table || operation === null) return null
  const rules = rulesOf(table, operation)
  return rules.find((rule) => rule.status === status)?.evidence[0] ?? null
}

function rulesOf({ operations, failures, refusals, everywhere }: VendorEvidence, operation: string) {
  const known = operations[operation] ?? operations[operation.replace(/^[^.]*\./, '')]
  if (!known) return []
  return [
    ...Object.values(known.successes),
    ...[...known.failures, ...everywhere.failures].map((code) => failures[code]),
    ...[...known.refusals, ...everywhere.refusals].flatMap((name) => refusals[name] ?? []),
  ]
}
