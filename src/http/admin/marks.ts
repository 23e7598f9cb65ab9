import type { PageDialect } from '../../vendors/page-dialect.ts'
import type { Finding } from '../findings/finding.ts'
import type { Entry, Mark } from '../journal/entry.ts'
import type { Journal } from '../journal/journal.ts'
import type { AdminOptions } from './index.ts'

/** Entries of a journal with what is found about each, where the server judges its clients; else as they are. */
export async function markEntries(
  entries: readonly Entry[],
  journal: Journal,
  options: AdminOptions,
): Promise<Entry[]> {
  if (!options.isStrict || entries.length === 0) return [...entries]
  const marks = new Map<number, Mark[]>()
  for (const { request, kind, wrong, right } of await findAll(journal, options)) {
    const mark = { kind, wrong, right }
    const known = marks.get(request)
    if (known) known.push(mark)
    else marks.set(request, [mark])
  }
  return entries.map((entry) => ({ ...entry, findings: marks.get(entry.number) ?? [] }))
}

/** What the requests that are kept show. */
export async function findAll(journal: Journal, { vendors }: AdminOptions): Promise<Finding[]> {
  const { judge } = await import('../findings/judge.ts')
  const dialects = new Map<string | null, PageDialect>()
  for (const { id, pages } of vendors) if (pages) dialects.set(id, await pages())
  return judge(journal, (vendor) => dialects.get(vendor))
}
