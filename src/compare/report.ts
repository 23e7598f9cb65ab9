import type { Accepted, Judgement } from './baseline.ts'
import type { Drift, SessionReport } from './drift.ts'

/** What a comparison came to. */
export interface Report {
  readonly verdict: 'same' | 'drift'
  /** Of exchanges, and of places where they differ. */
  readonly counts: {
    readonly exchanges: number
    readonly drifts: number
    readonly accepted: number
    readonly skipped: number
  }
  readonly sessions: readonly SessionReport[]
  readonly baseline: { readonly expired: readonly Accepted[]; readonly unused: readonly Accepted[] }
}

export function toReport({ reports, expired, unused }: Judgement): Report {
  const exchanges = reports.flatMap((report) => report.exchanges)
  const drifts = exchanges.flatMap((exchange) => exchange.drifts)
  const open = drifts.filter(({ accepted }) => accepted === null)
  return {
    verdict: open.length === 0 && expired.length === 0 ? 'same' : 'drift',
    counts: {
      exchanges: exchanges.length,
      drifts: open.length,
      accepted: drifts.length - open.length,
      skipped: reports.reduce((sum, { skipped }) => sum + skipped.length, 0),
    },
    sessions: reports,
    baseline: { expired, unused },
  }
}

export function openDrifts(drifts: readonly Drift[]): readonly Drift[] {
  return drifts.filter(({ accepted }) => accepted === null)
}

/** Differences that are the same in many items of a list, told once. */
export interface DriftGroup {
  readonly first: Drift
  readonly count: number
}

export function groupDrifts(drifts: readonly Drift[]): DriftGroup[] {
  const groups = new Map<string, DriftGroup>()
  for (const drift of openDrifts(drifts)) {
    const key = [drift.pointer.replace(/\/\d+(?=\/|$)/g, '/*'), drift.kind, drift.drifted].join(' ')
    const { first = drift, count = 0 } = groups.get(key) ?? {}
    groups.set(key, { first, count: count + 1 })
  }
  return [...groups.values()]
}

const kinds: Readonly<Record<Drift['kind'], string>> = {
  missing: 'is missing',
  extra: 'is there too',
  type: 'has another type',
  value: 'has another value',
  form: 'is written in another form',
  reference: 'names another thing',
  order: 'comes in another order',
}

/** `/body/0/name has another value (fake drifted)` */
export function headline({ first: { pointer, kind, drifted }, count }: DriftGroup): string {
  const more = count > 1 ? `, and ${count - 1} more like it` : ''
  return `${pointer === '' ? 'the exchange' : pointer} ${kinds[kind]} (${drifted} drifted)${more}`
}

/** `live: "v1"`, one line each for who says something there. */
export function saidLines({ first: { said, evidence } }: DriftGroup): string[] {
  const lines = (['document', 'live', 'fake'] as const).flatMap((who) =>
    who in said ? [`${who}: ${show(said[who])}`] : [],
  )
  return evidence ? [...lines, `known from: ${evidence.source} (${evidence.kind})`] : lines
}

/** `3 exchanges, 1 drift, 2 skipped` */
export function countLine({ counts }: Report): string {
  const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`
  return [
    plural(counts.exchanges, 'exchange'),
    plural(counts.drifts, 'difference'),
    ...(counts.accepted > 0 ? [`${counts.accepted} accepted`] : []),
    ...(counts.skipped > 0 ? [`${counts.skipped} skipped`] : []),
  ].join(', ')
}

/** How a reader recognises an entry of the baseline. */
export function entryLine({ vendor, operation, exchange, pointer, expires, reason }: Accepted): string {
  const where = [vendor, operation, exchange, pointer].filter((part) => part !== undefined)
  return `${where.join(' ')} (until ${expires}: ${reason})`
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
