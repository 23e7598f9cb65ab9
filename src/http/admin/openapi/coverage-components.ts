import { evidenceKinds } from '../../../vendors/evidence.ts'
import type { Vocabulary } from './control-route.ts'
import { count, flag, type JsonSchema, list, nullable, object, oneOf, text } from './json-schema.ts'

const status: JsonSchema = { type: 'integer', minimum: 100, maximum: 599 }
const evidence = list(object({ kind: oneOf(...evidenceKinds), source: text }, { since: text, until: text }))
const rule = { name: text, rule: text, evidence }
const outcome = object({ ...rule, isRefusal: flag, status, otherStatuses: list(status) })
const byEvidence = object(Object.fromEntries(evidenceKinds.map((kind) => [kind, count])))
const totals = object({ operations: count, proven: count, outcomes: byEvidence, rules: byEvidence })

/** See coverage/coverage.ts. */
export function coverageSchema({ vendors, operations }: Vocabulary): JsonSchema {
  const vendor = object({
    vendor: oneOf(...vendors, 'git'),
    title: text,
    profile: nullable(text),
    totals,
    operations: list(
      object({
        // Also those that only other profiles have.
        operation: { ...text, examples: operations.slice(0, 1) },
        summary: text,
        routes: list(text),
        outcomes: list(outcome),
        orderings: list(text),
        provenBy: list(text),
        missing: list(text),
      }),
    ),
    everywhere: list(outcome),
    headers: list(object(rule)),
    orderings: list(object(rule)),
    unused: list(text),
  })
  return object({ vendors: list(vendor), totals })
}
