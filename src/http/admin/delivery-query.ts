import { refuse } from './admin-error.ts'

/** Which deliveries are wanted; absent: that does not matter. */
export interface DeliveryQuery {
  readonly project?: string
  readonly webhook?: string
  readonly state?: string
}

export interface LogQuery extends DeliveryQuery {
  readonly settled?: string
  readonly timeout?: string
}

/** How long `?settled=true` waits when it is not told, and at most: seconds. */
export const PATIENCE = 30
const MOST_PATIENCE = 600

const STATES = ['waiting', 'sending', 'delivered', 'failed', 'refused']

const PATIENCES = `a number of seconds, at most ${MOST_PATIENCE}`

/** What each parameter may be, and how that is told. */
const PARAMETERS: Readonly<
  Record<keyof LogQuery, readonly [fits: (text: string) => boolean, allowed: string]>
> = {
  settled: [(text) => text === 'true' || text === 'false', 'true or false'],
  timeout: [isPatience, PATIENCES],
  project: [() => true, 'a path'],
  webhook: [(text) => /^\d{1,15}$/.test(text), 'the id of a webhook'],
  state: [(text) => STATES.includes(text), `one of ${STATES.join(', ')}`],
}

/**
 * Reads the query of a request to the log. Throws ControlPlaneError for what is unknown: a slip of the pen must not look like
 * "nothing was sent".
 */
export function readLogQuery(query: unknown): LogQuery {
  const read = Object.entries(query as Record<string, string | string[]>).map(([name, given]) => {
    const text = String([given].flat().at(-1))
    const [fits, allowed] = Object.hasOwn(PARAMETERS, name)
      ? PARAMETERS[name as keyof LogQuery]
      : misfit(name)
    if (!fits(text)) refuse(422, 'invalid-query', `${name} must be ${allowed}.`)
    return [name, text] as const
  })
  return Object.fromEntries(read)
}

/** Throws ControlPlaneError. */
export function secondsOf(timeout: string | undefined): number {
  if (timeout === undefined) return PATIENCE
  return isPatience(timeout) ? Number(timeout) : refuse(422, 'invalid-query', `timeout must be ${PATIENCES}.`)
}

function isPatience(text: string): boolean {
  return text.trim() !== '' && Number(text) >= 0 && Number(text) <= MOST_PATIENCE
}

function misfit(name: string): never {
  const known = Object.keys(PARAMETERS).join(', ')
  return refuse(422, 'invalid-query', `The filter ${name} must be one of ${known}.`)
}
