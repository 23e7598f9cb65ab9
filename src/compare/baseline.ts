import { readFile } from 'node:fs/promises'
import { UsageError } from '../config/mistakes.ts'
import { parseJson } from '../exchange/load.ts'
import { checkShape } from '../forge/fixture/check-shape.ts'
import type { VendorId } from '../options.ts'
import { BaselineSchema } from './baseline-schemas.ts'
import type { Drift, SessionReport } from './drift.ts'

/** Differences that somebody has looked at. In patterns `*` is any part of a text; in pointers, of one key. */
export interface Accepted {
  readonly vendor?: VendorId
  readonly operation?: string
  readonly exchange?: string
  readonly pointer: string
  /** Why it may stay. */
  readonly reason: string
  /** The last day on which it may: 2025-12-31, UTC. */
  readonly expires: string
}

export interface Baseline {
  readonly accepted: readonly Accepted[]
}

export interface Judgement {
  readonly reports: readonly SessionReport[]
  /** Entries whose day is past although something still needs them: that is drift again. */
  readonly expired: readonly Accepted[]
  /** Entries that nothing needs any more. */
  readonly unused: readonly Accepted[]
}

/** Throws UsageError that names each mistake. */
export async function loadBaseline(file: string): Promise<Baseline> {
  const value = parseJson(await readFile(file, 'utf8'), file)
  const problems = await checkShape(BaselineSchema, value)
  const mistakes = problems.map(({ path, message }) => {
    const place = path === '' ? '' : `${path}: `
    return `${file}: ${place}${/reason$/.test(path) ? 'is empty; say why the difference may stay' : message}`
  })
  if (mistakes.length > 0) throw new UsageError(mistakes)
  const baseline = value as Baseline
  const undated = baseline.accepted.flatMap(({ expires }, i) =>
    Number.isNaN(Date.parse(expires)) ? [`${file}: accepted[${i}].expires: "${expires}" is no day`] : [],
  )
  if (undated.length > 0) throw new UsageError(undated)
  return baseline
}

/** Marks what the baseline accepts. `today` is a day as entries name it. */
export function applyBaseline(
  reports: readonly SessionReport[],
  { accepted }: Baseline,
  today: string,
): Judgement {
  const used = new Set<Accepted>()
  const mark = (drift: Drift): Drift => {
    const fitting = accepted.filter((entry) => fits(entry, drift))
    for (const entry of fitting) used.add(entry)
    const valid = fitting.find(({ expires }) => expires >= today)
    return valid ? { ...drift, accepted: valid.reason } : drift
  }
  const marked = reports.map((report) => ({
    ...report,
    exchanges: report.exchanges.map(({ name, drifts }) => ({ name, drifts: drifts.map(mark) })),
  }))
  return {
    reports: marked,
    expired: accepted.filter((entry) => used.has(entry) && entry.expires < today),
    unused: accepted.filter((entry) => !used.has(entry)),
  }
}

/** A baseline of everything that was found. It is not valid yet: somebody has to write down the reasons. */
export function proposeBaseline(reports: readonly SessionReport[], expires: string): Baseline {
  const drifts = reports.flatMap(({ exchanges }) => exchanges.flatMap((exchange) => exchange.drifts))
  const entries = drifts.map(({ vendor, operation, exchange, pointer }) => ({
    vendor,
    ...(operation !== null && { operation }),
    exchange,
    pointer: pointer.replace(/\/\d+(?=\/|$)/g, '/*'),
    reason: '',
    expires,
  }))
  const byText = new Map(entries.map((entry) => [JSON.stringify(entry), entry]))
  return { accepted: [...byText.values()] }
}

function fits(entry: Accepted, drift: Drift): boolean {
  const { vendor = drift.vendor, operation, exchange, pointer } = entry
  if (vendor !== drift.vendor) return false
  if (operation !== undefined && (drift.operation === null || !matches(operation, drift.operation, '[^]*')))
    return false
  if (exchange !== undefined && !matches(exchange, drift.exchange, '[^]*')) return false
  return matches(pointer, drift.pointer, '[^/]*')
}

/** `**` is any number of keys in a pointer; what a name has of stars stands for itself too. */
function matches(pattern: string, text: string, star: string): boolean {
  if (pattern === text) return true
  const source = pattern
    .split(/(\*+)/)
    .map((part) => {
      if (part === '*') return star
      return /^\*+$/.test(part) ? '[^]*' : part.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
    })
    .join('')
  return new RegExp(`^${source}$`).test(text)
}
