import type { Forge } from '../../forge/forge.ts'
import type { FaultEffect, FaultMatch, FaultRule } from '../faults/rule.ts'
import { readEffect } from './fault-effect.ts'
import { readLatency } from './fault-latency.ts'
import * as read from './fault-values.ts'
import type { AdminOptions } from './index.ts'
import { type Fields, fieldsOf } from './json-body.ts'

const MATCHES = ['vendor', 'operation', 'method', 'path', 'user', 'token'] as const
const COUNTS = ['after', 'times'] as const
const EFFECTS = [
  'status',
  'reset',
  'truncate',
  'drip',
  'malformed',
  'cutPack',
  'rateLimit',
  'scenario',
] as const
const DETAILS = ['retryAfter', 'when'] as const

/** Every key that a rule may have; `sandbox` is read by whoever decides where the rule goes. */
const KEYS = ['sandbox', ...MATCHES, ...COUNTS, ...EFFECTS, ...DETAILS, 'latency'] as const

/** The one operation that sends packfiles. */
const UPLOAD_PACK = 'git.uploadPack'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** Reads a posted rule. Throws ControlPlaneError that names what is allowed: a rule that can never match is a mistake. */
export function readRule(given: unknown, forge: Forge, options: AdminOptions): FaultRule {
  const fields = fieldsOf(given, KEYS)
  const named = EFFECTS.filter((effect) => fields[effect] !== undefined && fields[effect] !== false)
  if (named.length > 1) read.refuseRule(`${named.join(' and ')}: a rule has one effect, beside latency.`)
  if (named.length === 0 && fields.latency === undefined)
    read.refuseRule(`A rule needs an effect: latency, ${EFFECTS.join(', ')}.`)
  const effect = readEffect(named[0], fields, options)
  const match = readMatch(fields, forge, options)
  demandPossible(match, options)
  demandConcerned(match, effect)
  const standard = effect.kind === 'scenario' ? effect.scenario.times : null
  return {
    match,
    after: fields.after === undefined ? 0 : read.count(fields.after, 'after'),
    times: fields.times === undefined ? standard : readTimes(fields.times),
    latency: fields.latency === undefined ? null : readLatency(fields.latency),
    effect,
    given: hideToken(fields),
  }
}

function readMatch(fields: Fields, forge: Forge, { vendors, operations }: AdminOptions): FaultMatch {
  const { vendor, operation, method, path, user, token } = fields
  return {
    ...(vendor !== undefined && {
      vendor: read.oneOf(
        vendor,
        vendors.map(({ id }) => id),
        'vendor',
      ),
    }),
    ...(operation !== undefined && { operation: read.oneOf(operation, operations.names, 'operation') }),
    ...(method !== undefined && { method: read.oneOf(upper(method), METHODS, 'method') }),
    ...(path !== undefined && { path: readPath(path) }),
    ...(user !== undefined && {
      user: read.oneOf(
        user,
        forge.world.users.map(({ username }) => username),
        'user',
      ),
    }),
    ...(token !== undefined && { token: read.text(token, 'token') }),
  }
}

/** Operations belong to a vendor, except for those of git. */
function demandPossible({ vendor, operation }: FaultMatch, { operations }: AdminOptions): void {
  if (vendor === undefined || operation === undefined || operation.startsWith('git.')) return
  if (operation.startsWith(`${vendor}.`)) return
  const own = operations.names.filter((name) => name.startsWith(`${vendor}.`) || name.startsWith('git.'))
  read.refuseRule(`operation: ${operation} is none of ${vendor}; allowed: ${own.join(', ')}.`)
}

/** What an effect is about can be narrowed down, not left. */
function demandConcerned({ vendor, operation }: FaultMatch, effect: FaultEffect): void {
  if (effect.kind === 'cut-pack' && operation !== undefined && operation !== UPLOAD_PACK)
    read.refuseRule(`operation: ${operation} sends no packfile; allowed: ${UPLOAD_PACK}.`)
  if (effect.kind !== 'scenario') return
  const { name, vendors, operations } = effect.scenario
  if (vendor !== undefined && !vendors.includes(vendor))
    read.refuseRule(`vendor: ${name} is not about ${vendor}; allowed: ${vendors.join(', ')}.`)
  if (operation !== undefined && !operations.includes(operation))
    read.refuseRule(`operation: ${name} is not about ${operation}; allowed: ${operations.join(', ')}.`)
}

function readPath(given: unknown): string {
  const path = read.text(given, 'path')
  return /^[/*]/.test(path) ? path : read.refuseRule('path: must begin with / or *.')
}

function readTimes(given: unknown): number | null {
  return given === 'always' ? null : read.count(given, 'times', 1)
}

function upper(given: unknown): unknown {
  return typeof given === 'string' ? given.toUpperCase() : given
}

/** What the server shows again need not be a credential. */
function hideToken(fields: Fields): Fields {
  const { sandbox: _sandbox, token, ...rest } = fields
  return token === undefined ? rest : { ...rest, token: '***' }
}
