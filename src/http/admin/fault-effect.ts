import type { FaultEffect, Moment } from '../faults/rule.ts'
import * as read from './fault-values.ts'
import type { AdminOptions } from './index.ts'
import type { Fields } from './json-body.ts'

const MOMENTS = ['before', 'after'] as const

/** The effect that a rule names; none when it names none. Throws ControlPlaneError. */
export function readEffect(name: string | undefined, fields: Fields, options: AdminOptions): FaultEffect {
  demandFitting(name, fields)
  const given = name === undefined ? undefined : fields[name]
  switch (name) {
    case undefined:
      return { kind: 'none' }
    case 'status':
      return {
        kind: 'status',
        status: readStatus(given),
        retryAfter: fields.retryAfter === undefined ? null : read.count(fields.retryAfter, 'retryAfter'),
        when: readWhen(fields.when),
      }
    case 'reset':
      read.flag(given, 'reset')
      return { kind: 'reset', when: readWhen(fields.when) }
    case 'truncate':
      return { kind: 'truncate', part: readPart(given, 'truncate') }
    case 'cutPack':
      return { kind: 'cut-pack', part: readPart(given, 'cutPack') }
    case 'malformed':
      read.flag(given, 'malformed')
      return { kind: 'malformed' }
    case 'drip':
      return readDrip(given)
    case 'rateLimit': {
      const { limit, window } = read.object(given, 'rateLimit', ['limit', 'window'])
      return {
        kind: 'rate-limit',
        limit: read.count(limit, 'rateLimit.limit'),
        window: read.count(window, 'rateLimit.window', 1),
      }
    }
    default: {
      const { scenarios } = options.faults
      const scenario = scenarios.get(read.oneOf(given, [...scenarios.keys()], 'scenario'))
      return scenario ? { kind: 'scenario', scenario } : read.refuseRule('scenario: is unknown.')
    }
  }
}

/** What belongs to one effect says nothing beside another. */
function demandFitting(name: string | undefined, { retryAfter, when }: Fields): void {
  if (retryAfter !== undefined && name !== 'status') read.refuseRule('retryAfter: goes with status only.')
  if (when !== undefined && name !== 'status' && name !== 'reset')
    read.refuseRule('when: goes with status and reset only.')
}

/** Informational answers are none, and 204 and 304 could not carry what a fault has to say. */
function readStatus(given: unknown): number {
  const status = read.count(given, 'status')
  return status >= 400 && status <= 599 ? status : read.refuseRule('status: must be one from 400 to 599.')
}

function readWhen(given: unknown): Moment {
  return given === undefined ? 'before' : read.oneOf(given, MOMENTS, 'when')
}

/** How much is left of something: true for half of it. */
function readPart(given: unknown, name: string): number {
  return given === true ? 0.5 : read.number(given, name, 0, 0.999)
}

function readDrip(given: unknown): FaultEffect {
  const { bytes, interval, endless } =
    given === true
      ? { bytes: undefined, interval: undefined, endless: undefined }
      : read.object(given, 'drip', ['bytes', 'interval', 'endless'])
  return {
    kind: 'drip',
    bytes: bytes === undefined ? 1 : read.count(bytes, 'drip.bytes', 1),
    interval: interval === undefined ? 100 : read.number(interval, 'drip.interval', 1, 3_600_000),
    endless: endless === undefined ? false : read.flag(endless, 'drip.endless'),
  }
}
