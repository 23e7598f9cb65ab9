import type { Finding } from './finding.ts'
import { clientOf, findingAbout, type SeenRequest } from './seen-request.ts'

/** Milliseconds: timers may end this much too early. */
const SLACK = 50

/** Milliseconds within which another request may have been on its way when the answer came. */
const CROSSING = 20

/** An answer that asked its client to wait. */
interface Wait {
  readonly request: SeenRequest
  readonly address: string
  /** Milliseconds. */
  readonly length: number
  /** When the answer was out: epoch milliseconds. */
  readonly from: number
}

/**
 * Requests that come before the time is over that a 429 or 503 has asked the same client to wait, at the same vendor. It is over
 * as soon as it has passed, for real or in the sandbox, whose clock a test may have turned.
 */
export function findHastyRetries(requests: readonly SeenRequest[]): Finding[] {
  const waits = new Map<string, Wait[]>()
  return requests.flatMap((request) => {
    const key = `${request.entry.vendor}\n${clientOf(request)}`
    const open = (waits.get(key) ?? []).filter(({ from, length }) => startOf(request) < from + length)
    const ignored = open.find((wait) => ignores(request, wait))
    const asked = waitOf(request)
    waits.set(key, asked ? [...open, asked] : open)
    return ignored ? [describe(request, ignored)] : []
  })
}

function ignores(request: SeenRequest, wait: Wait): boolean {
  const { from, length, address } = wait
  const start = startOf(request)
  const isAnswered = addressOf(request) === address ? start + 1 > from : start > from + CROSSING
  const passed = request.exchange.sandboxTime - wait.request.exchange.sandboxTime
  return isAnswered && start < from + length - SLACK && passed < length - SLACK
}

function waitOf(request: SeenRequest): Wait | null {
  const { status, answer } = request.entry
  const { duration, sandboxTime } = request.exchange
  if (status !== 429 && status !== 503) return null
  const text = String([answer.headers['retry-after'] ?? ''].flat()[0])
  // Seconds or, by the clock of the sandbox, a date.
  const length = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - sandboxTime
  if (!(length > 0)) return null
  return { request, address: addressOf(request), length, from: startOf(request) + duration }
}

function describe(request: SeenRequest, { request: { entry }, length }: Wait): Finding {
  const seconds = Math.ceil(length / 1000)
  return findingAbout(
    request,
    'retry-after-ignored',
    `It came before the time was over that the ${entry.status} of request ${entry.number} had asked to wait.`,
    `Wait for the ${seconds} ${seconds === 1 ? 'second' : 'seconds'} of Retry-After.`,
  )
}

function startOf({ exchange }: SeenRequest): number {
  return exchange.startedAt
}

function addressOf({ entry: { method, path, query } }: SeenRequest): string {
  return `${method} ${path}?${query}`
}
