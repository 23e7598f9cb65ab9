import type { FastifyInstance } from 'fastify'
import type { Sandbox } from '../../forge/sandbox.ts'
import { refuse } from './admin-error.ts'
import { fieldsOf } from './json-body.ts'

/** `GET|PUT /clock`: the time in the world that the request addresses. */
export function registerClock(app: FastifyInstance): void {
  app.get('/clock', async ({ sandbox }) => readClock(sandbox))
  app.put('/clock', async ({ sandbox, body }) => turnClock(sandbox, body))
}

/** Turns the clock of a world as told, and answers what it says then. Throws ControlPlaneError. */
export function turnClock(sandbox: Sandbox, given: unknown): { now: string; frozen: boolean } {
  const { clock } = sandbox
  const { now, frozen, advance } = fieldsOf(given, ['now', 'frozen', 'advance'])
  const instant = now === undefined ? undefined : readInstant(now)
  if (advance !== undefined && !isDuration(advance))
    refuse(422, 'invalid-clock', 'advance must be a number of seconds.')
  if (frozen !== undefined && typeof frozen !== 'boolean')
    refuse(422, 'invalid-clock', 'frozen must be true or false.')
  if (instant !== undefined) clock.set(instant)
  if (isDuration(advance)) clock.advance(advance * 1000)
  if (frozen === true) clock.freeze()
  if (frozen === false) clock.resume()
  return readClock(sandbox)
}

export function readClock({ clock }: Sandbox): { now: string; frozen: boolean } {
  return { now: new Date(clock.now()).toISOString(), frozen: clock.isFrozen }
}

function readInstant(value: unknown): number {
  const instant = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(instant) ? refuse(422, 'invalid-clock', 'now must be an ISO 8601 instant.') : instant
}

/** Anything that still makes a date when it is added to one. */
function isDuration(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) < 1e10
}
