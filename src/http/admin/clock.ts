import type { FastifyInstance } from 'fastify'
import { isDay } from '../../calendar.ts'
import { readInstant as readMoment } from '../../forge/fixture/instant.ts'
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
  const seconds = isDuration(advance) ? advance : 0
  if (!isYearOfFour((instant ?? clock.now()) + seconds * 1000))
    refuse(422, 'invalid-clock', 'The clock goes from the year 0000 to 9999.')
  if (instant !== undefined) clock.set(instant)
  if (seconds !== 0) clock.advance(seconds * 1000)
  if (frozen === true) clock.freeze()
  if (frozen === false) clock.resume()
  return readClock(sandbox)
}

export function readClock({ clock }: Sandbox): { now: string; frozen: boolean } {
  return { now: new Date(clock.now()).toISOString(), frozen: clock.isFrozen }
}

/** ISO 8601 as fixtures have it: a date, or a date and time; without an offset it is UTC. */
function readInstant(value: unknown): number {
  const isInstant = typeof value === 'string' && readMoment(value) !== null && isDay(value)
  const instant = isInstant ? Date.parse(withOffset(value)) : Number.NaN
  return Number.isNaN(instant) ? refuse(422, 'invalid-clock', 'now must be an ISO 8601 instant.') : instant
}

/** Without an offset JavaScript would take the machine's. */
function withOffset(text: string): string {
  return /[T ][\d:.]+$/.test(text) ? `${text}Z` : text
}

/** Beyond these no vendor has a form for dates, and further on there are none at all. */
function isYearOfFour(instant: number): boolean {
  return instant >= FIRST && instant <= LAST
}

const FIRST = Date.parse('0000-01-01T00:00:00Z')
const LAST = Date.parse('9999-12-31T23:59:59.999Z')

/** Whether it is a number that milliseconds can still be made of. */
function isDuration(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) < 1e10
}
