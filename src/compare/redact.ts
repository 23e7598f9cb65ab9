import { Redaction } from '../http/journal/redaction.ts'
import { isSecretName, MASK } from '../http/journal/secret-names.ts'
import type { Drift, Said, SessionReport } from './drift.ts'

/** A report without credentials: neither those that the comparison was given, nor what looks like one in an answer. */
export function redactReport(report: SessionReport, secrets: ReadonlySet<string>): SessionReport {
  const text = redactor(secrets)
  const drift = (one: Drift): Drift => ({
    ...one,
    exchange: text(one.exchange),
    said: Object.fromEntries(
      Object.entries(one.said).map(([who, value]) => [who, redactValue(value, one.pointer, text)]),
    ) as Said,
  })
  return {
    ...report,
    exchanges: report.exchanges.map(({ name, drifts }) => ({ name: text(name), drifts: drifts.map(drift) })),
    skipped: report.skipped.map(({ exchange, reason }) => ({
      exchange: text(exchange),
      reason: text(reason),
    })),
    notes: report.notes.map(text),
  }
}

/** Takes credentials that are known out of a finished text, whatever it is. */
export function hideSecrets(text: string, secrets: ReadonlySet<string>): string {
  return new Redaction(secrets).open().finish(text)
}

/** Takes out those, and what looks like one by the name in front of it. */
function redactor(secrets: ReadonlySet<string>): (text: string) => string {
  const redaction = new Redaction(secrets)
  return (text) => {
    const open = redaction.open()
    const first = open.body(text, 'text/plain')
    return open.finish(first)
  }
}

function redactValue(value: unknown, pointer: string, text: (text: string) => string): unknown {
  const isSecret = pointer.split('/').some(isSecretName)
  if (isSecret && (typeof value === 'string' || typeof value === 'number')) return MASK
  if (typeof value === 'string') return text(value)
  if (typeof value !== 'object' || value === null) return value
  try {
    return JSON.parse(text(JSON.stringify(value)))
  } catch {
    return MASK
  }
}
