/**
 * Makes requests go wrong as the rules of their sandbox say, before anything of them has been looked at: who is hit, and in
 * which order, depends on the order of the requests and on nothing else.
 */
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { FaultDialect } from '../../vendors/fault-dialect.ts'
import { Recording } from '../journal/recording.ts'
import type { Operations } from '../operations.ts'
import { isControl } from '../request.ts'
import { callOf } from './call.ts'
import { cause } from './effects.ts'
import type { Faults } from './faults.ts'

export function injectFaults(app: FastifyInstance, faults: Faults, operations: Operations): void {
  app.addHook('onRequest', (request, reply, done) => {
    const board = isControl(request) ? undefined : faults.active(request.sandbox)
    if (!board) return done()
    const call = callOf(request, operations, faults)
    const fired = board.take(call)
    if (!fired) return done()
    const recording = Recording.of(reply.raw)
    if (recording && fired.id !== '') recording.fault = fired.id
    const dialect = (call.vendor && faults.dialects.get(call.vendor)) ?? NOBODY
    wait(reply, fired.latency, () => cause({ request, reply, call, dialect, fired, proceed: () => done() }))
  })
}

function wait(reply: FastifyReply, latency: number, then: () => void): void {
  if (latency <= 0) {
    then()
    return
  }
  const timer = setTimeout(then, latency)
  // The client has gone, or the server is closing.
  reply.raw.once('close', () => clearTimeout(timer))
}

/** For addresses that belong to no vendor. */
const NOBODY: FaultDialect = {
  answer: (status, _reply, { retryAfter }) => ({
    status,
    headers: {
      'content-type': 'application/json',
      ...(retryAfter !== null && { 'retry-after': String(retryAfter) }),
    },
    body: JSON.stringify({ error: 'fault', message: `A fault rule asks for ${status}.` }),
  }),
  refuseCredential: () => ({ status: 401, headers: {}, body: '' }),
  rateHeaders: () => ({}),
  credentialOf: () => null,
  tags: { list: [], remove: [], isLaterPage: () => false, namesIn: () => [], projectOf: () => null },
  scenarios: [],
}
