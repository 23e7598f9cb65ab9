import type { PageDialect, ReadPage } from '../page-dialect.ts'

const DEFAULT_SIZE = 20

/** Offsets and `X-Total` in version 4; pages and a total in the body for the branches of version 2. */
export const codeartsPages: PageDialect = {
  place: { offset: '0', page: '1' },
  size: ['limit', 'per_page'],
  sign: 'there are as many entries as X-Total, or total, says',
  next: (page) => (page.text.startsWith('[') ? nextOffset(page) : nextNumber(page)),
}

function nextOffset({ query, headers }: ReadPage): string | null {
  const end = numberOf(query, 'offset', 0) + numberOf(query, 'limit', DEFAULT_SIZE)
  return end < Number(headers['x-total'] ?? 0) ? `offset=${end}` : null
}

/** Lists that cannot be paged come as a whole. */
function nextNumber({ query, text }: ReadPage): string | null {
  const total = Number(/^\{"result":\{"total":(\d+),"branches":/.exec(text)?.[1] ?? 0)
  const isPaged = text.includes('"diverging_commit_counts":')
  const number = numberOf(query, 'page', 1)
  return isPaged && number * numberOf(query, 'per_page', DEFAULT_SIZE) < total ? `page=${number + 1}` : null
}

function numberOf(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name) ?? ''
  return /^\d{1,10}$/.test(text) ? Number(text) : otherwise
}
