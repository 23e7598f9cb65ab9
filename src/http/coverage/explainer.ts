/**
 * Has every answer of a vendor say by which rule it is what it is, and where that rule is known from. Loaded, and put between,
 * only where that is wanted.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Faults } from '../faults/faults.ts'
import type { Operations } from '../operations.ts'
import type { EvidenceTable } from './assemble.ts'
import { explain } from './explanation.ts'
import { gitEvidence } from './git-evidence.ts'
import type { CoveredVendor } from './read.ts'

const HEADER = 'x-fakeforge-rule'

export interface Explainer {
  /** Explains all answers of an application; to be called before its hooks that may answer. */
  explainAll(app: FastifyInstance): void
  /** Explains the answer to one request, whoever gives it. */
  explainOne(request: FastifyRequest, reply: FastifyReply): void
}

export async function openExplainer(
  vendors: readonly Pick<CoveredVendor, 'id' | 'evidence'>[],
  operations: Operations,
  faults: Faults,
): Promise<Explainer> {
  const tables = new Map<string, EvidenceTable>()
  for (const { id, evidence } of vendors) {
    tables.set(id, await evidence())
  }

  function explainOne(request: FastifyRequest, reply: FastifyReply): void {
    const { raw } = reply
    const writeHead = raw.writeHead as (...given: unknown[]) => typeof raw
    // Whoever answers, and however: the head goes out here.
    raw.writeHead = ((...given: unknown[]) => {
      const text = explanationOf(request, Number(given[0]))
      reply.header(HEADER, text)
      if (!raw.headersSent) raw.setHeader(HEADER, text)
      return writeHead.apply(raw, given)
    }) as typeof raw.writeHead
  }

  function explanationOf(request: FastifyRequest, status: number): string {
    const route = request.is404 ? undefined : request.routeOptions.config?.operation
    const errand = operations.errandOf(request, route)
    const isGit = errand.operation?.startsWith('git.')
    const table = isGit ? gitEvidence : tables.get(errand.vendor ?? '')
    const mayBeFault = faults.active(request.sandbox) !== undefined
    return explain({ ...errand, rule: request.rule, status, mayBeFault }, table)
  }

  return {
    explainOne,
    explainAll: (app) =>
      void app.addHook('onRequest', (request, reply, done) => {
        explainOne(request, reply)
        done()
      }),
  }
}
