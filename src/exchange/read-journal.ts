/** The journal of fakeforge: the answer to `GET /__admin/requests`, a list of its entries, or one of them per line. */
import { UsageError } from '../config/mistakes.ts'
import type { Entry, ShownBody } from '../http/journal/entry.ts'
import type { RecordedExchange } from './traffic.ts'

/** The entries in a document that is a journal's; null for any other. */
export function journalEntries(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value
  if (typeof value !== 'object' || value === null) return null
  if ('requests' in value && Array.isArray(value.requests)) return value.requests
  return 'sandboxTime' in value ? [value] : null
}

/** Throws UsageError that names each entry which is none. */
export function readJournal(entries: readonly unknown[], source: string): RecordedExchange[] {
  const mistakes = entries.flatMap((entry, i) =>
    isEntry(entry) ? [] : [`${source}: entry ${i}: is no request of a journal`],
  )
  if (mistakes.length > 0) throw new UsageError(mistakes)
  return (entries as Entry[]).map(readEntry)
}

function isEntry(value: unknown): boolean {
  const entry = value as Partial<Entry> | null
  return (
    typeof entry?.method === 'string' &&
    typeof entry.path === 'string' &&
    typeof entry.request?.headers === 'object' &&
    typeof entry.answer?.headers === 'object'
  )
}

function readEntry({
  method,
  path,
  query,
  status,
  cutOff,
  sandbox,
  request,
  answer,
}: Entry): RecordedExchange {
  const base = sandbox === null ? '' : `/__sandbox/${sandbox}`
  return {
    method,
    origin: `http://${[request.headers.host ?? 'localhost'].flat()[0]}${base}`,
    path: query === '' ? path : `${path}?${query}`,
    requestHeaders: request.headers,
    requestBody: bodyOf(request.body),
    status: cutOff ? null : status,
    answerHeaders: answer.headers,
    answerBody: bodyOf(answer.body),
  }
}

function bodyOf({ text, size, cut }: ShownBody): string | null {
  if (cut) return null
  return text ?? (size === 0 ? '' : null)
}
