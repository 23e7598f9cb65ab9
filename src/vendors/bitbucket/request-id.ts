import type { ServerResponse } from 'node:http'
import type { Forge } from '../../forge/forge.ts'

/** What a server counts of its requests; it begins anew with each forge, as with each start of a server. */
interface Counters {
  total: number
  active: number
}

/** The name of the node within its cluster, base 36; real ones change with each start. */
const NODE = 'FKF0RGE'
const counters = new WeakMap<Forge, Counters>()

/**
 * The number that Bitbucket's access log gives a request: node, minute of the day, running number, and how many other
 * requests are being answered. Counts the request as active until its answer is out.
 */
export function countRequest(forge: Forge, response: ServerResponse): string {
  const counted = countersOf(forge)
  const minute = Math.floor(forge.clock.now() / 60_000) % 1440
  const id = `@${NODE}x${minute}x${++counted.total}x${counted.active++}`
  response.on('close', () => {
    counted.active--
  })
  return id
}

function countersOf(forge: Forge): Counters {
  const known = counters.get(forge)
  if (known) return known
  const fresh = { total: 0, active: 0 }
  counters.set(forge, fresh)
  return fresh
}
