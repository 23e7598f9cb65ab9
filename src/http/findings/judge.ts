/** Looks through a journal for what its clients do wrong. Loaded when somebody asks, so that nobody else pays for it. */
import type { Journal } from '../journal/journal.ts'
import { findDeprecations } from './deprecations.ts'
import type { Finding } from './finding.ts'
import { findHastyRetries } from './hasty-retries.ts'
import { findUnknownParameters } from './unknown-parameters.ts'
import { type DialectOf, findUnreadPages } from './unread-pages.ts'

/** Everything that is found in what is kept, by the numbers of the requests. */
export function judge(journal: Journal, dialectOf: DialectOf): Finding[] {
  const exchanges = [...journal.exchanges()]
  const entries = journal.present(exchanges)
  const requests = exchanges.flatMap((exchange, i) => {
    const entry = entries[i]
    return entry ? [{ exchange, entry }] : []
  })
  return [
    ...requests.flatMap(findUnknownParameters),
    ...requests.flatMap(findDeprecations),
    ...findUnreadPages(requests, dialectOf),
    ...findHastyRetries(requests),
  ].sort((a, b) => a.request - b.request)
}
