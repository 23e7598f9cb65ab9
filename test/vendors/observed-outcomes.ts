import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { FastifyInstance } from 'fastify'
import type { FailureCode } from '../../src/failure.ts'
import type { OperationEvidence, RefusalRule, VendorEvidence } from '../../src/vendors/evidence.ts'
import type { Vendor } from '../../src/vendors/vendor.ts'

/** How one request ended. */
export interface ObservedOutcome {
  /** Null where no route fits. */
  readonly operation: string | null
  readonly rule: string | null
  readonly status: number
}

/** Notes how every request to a vendor ends, in all servers that are built until `stop`. */
export function observeOutcomes({ id, roots }: Vendor) {
  const observed = new Map<string, ObservedOutcome>()
  const watch = (message: unknown) => {
    const { fastify } = message as { fastify: FastifyInstance }
    fastify.addHook('onResponse', (request, reply, done) => {
      // The front, which only hands requests on, knows of no rules.
      if (request.rule === undefined) return done()
      const operation = (request.is404 ? null : request.routeOptions.config.operation) ?? null
      const isOurs =
        operation === null
          ? roots.some((root) => request.url.startsWith(`${root}/`))
          : operation.startsWith(`${id}.`)
      // An answer to OPTIONS is no operation of its own everywhere.
      const isOptions = operation === null && request.method === 'OPTIONS' && reply.statusCode < 300
      const outcome = { operation, rule: request.rule, status: reply.statusCode }
      if (isOurs && !isOptions) observed.set(Object.values(outcome).join(' '), outcome)
      done()
    })
  }
  subscribe('fastify.initialization', watch)
  return {
    get outcomes(): readonly ObservedOutcome[] {
      return [...observed.values()]
    },
    stop: () => unsubscribe('fastify.initialization', watch),
  }
}

/** The outcomes that the evidence does not know of. */
export function undeclared(evidence: VendorEvidence, outcomes: readonly ObservedOutcome[]): string[] {
  return outcomes
    .filter((outcome) => !isDeclared(evidence, outcome))
    .map(({ operation, rule, status }) => `${operation} ${rule} ${status}`)
    .sort()
}

function isDeclared(evidence: VendorEvidence, { operation, rule, status }: ObservedOutcome): boolean {
  const { everywhere } = evidence
  const known: OperationEvidence | undefined = operation === null ? undefined : evidence.operations[operation]
  if (operation !== null && !known) return false
  if (rule === null) return Object.values(known?.successes ?? {}).some((success) => success.status === status)
  const failures: readonly string[] = [...everywhere.failures, ...(known?.failures ?? [])]
  const refusals: readonly string[] = [...everywhere.refusals, ...(known?.refusals ?? [])]
  const row: RefusalRule | undefined = evidence.failures[rule as FailureCode] ?? evidence.refusals[rule]
  const isNamed = failures.includes(rule) || refusals.includes(rule)
  return isNamed && row !== undefined && [row.status, ...(row.otherStatuses ?? [])].includes(status)
}
