import type { AnswerDraft, VendorScenario } from '../fault-dialect.ts'

/** From 14 until it was repaired; one client went round for ever on it. */
export const pageFormula: VendorScenario = {
  name: 'gitlab-page-formula',
  summary:
    'The project has exactly 100 tags, and the server counts the pages of the first page by its old formula, total / per ' +
    'page + 1, and always promises a second one: with per_page=100 that is empty, and says that there is one page.',
  correctClient:
    'Stops at an empty page, at an empty X-Next-Page or at a Link without rel="next", whichever comes first, and never ' +
    'compares the page that it is on with an X-Total-Pages of before.',
  operations: ['gitlab.listTags'],
  tags: 100,
  rewrite(answer, query) {
    const total = Number(answer.headers['x-total'])
    const isFirst = Number(query.get('page') ?? 1) === 1 && answer.headers['x-total'] !== undefined
    if (answer.status !== 200 || !isFirst) return answer
    const perPage = Number(answer.headers['x-per-page']) || 20
    const pages = Math.floor(total / perPage) + 1
    const headers = { ...answer.headers, 'x-total-pages': String(pages), 'x-next-page': '2' }
    return { ...answer, headers: { ...headers, link: linkTo(String(answer.headers.link), pages) } }
  },
}

/** What lists of more than 10,000 rows look like: they would be too dear to count. */
export const withoutTotals: VendorScenario = {
  name: 'gitlab-no-totals',
  summary:
    'The list is answered as one of more than 10,000 tags: X-Total, X-Total-Pages and the Link with rel="last" are missing.',
  correctClient:
    'Follows X-Next-Page or rel="next" to the end, and takes a missing total for "not counted": neither for 0 nor for an error.',
  operations: ['gitlab.listTags'],
  rewrite(answer) {
    const { 'x-total': _total, 'x-total-pages': _pages, ...headers } = answer.headers
    const link = entriesOf(String(headers.link ?? '')).filter((entry) => !entry.endsWith('rel="last"'))
    return { ...answer, headers: { ...headers, ...(link.length > 0 && { link: link.join(', ') }) } }
  },
}

function linkTo(link: AnswerDraft['headers'][string] & string, pages: number): string {
  const first = entriesOf(link).find((entry) => entry.endsWith('rel="first"'))
  if (first === undefined) return link
  const to = (page: number, rel: string) =>
    first.replace(/([?&]page=)1(?=&|>)/, `$1${page}`).replace('rel="first"', `rel="${rel}"`)
  return [to(2, 'next'), first, to(pages, 'last')].join(', ')
}

function entriesOf(link: string): string[] {
  return link.split(/,\s+(?=<)/).filter((entry) => entry !== '')
}
