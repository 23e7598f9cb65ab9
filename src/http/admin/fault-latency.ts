import type { Latency } from '../faults/latency.ts'
import * as read from './fault-values.ts'

/** An hour: longer than any client waits. */
const LONGEST = 3_600_000

const KEYS = {
  fixed: ['value'],
  uniform: ['min', 'max', 'seed'],
  normal: ['mean', 'deviation', 'seed'],
  exponential: ['mean', 'seed'],
} as const

type Name = keyof typeof KEYS

/** Milliseconds, or a distribution of them. Throws ControlPlaneError. */
export function readLatency(given: unknown): Latency {
  if (typeof given === 'number') return { distribution: 'fixed', value: milliseconds(given, 'latency') }
  if (typeof given !== 'object' || given === null || !('distribution' in given))
    return read.refuseRule(
      `latency: must be milliseconds, or an object with a distribution: ${Object.keys(KEYS).join(', ')}.`,
    )
  const distribution = read.oneOf(given.distribution, Object.keys(KEYS) as Name[], 'latency.distribution')
  const fields = read.object(given, 'latency', ['distribution', ...KEYS[distribution]])
  const time = (name: string) => milliseconds(fields[name], `latency.${name}`)
  const seed = fields.seed === undefined ? 1 : read.count(fields.seed, 'latency.seed')
  if (distribution === 'fixed') return { distribution, value: time('value') }
  if (distribution === 'normal')
    return { distribution, mean: time('mean'), deviation: time('deviation'), seed }
  if (distribution === 'exponential') return { distribution, mean: time('mean'), seed }
  const [min, max] = [time('min'), time('max')]
  return min <= max
    ? { distribution, min, max, seed }
    : read.refuseRule('latency.max: must not be below latency.min.')
}

function milliseconds(given: unknown, name: string): number {
  return read.number(given, name, 0, LONGEST)
}
