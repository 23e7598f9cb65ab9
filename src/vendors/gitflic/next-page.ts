import type { PageDialect } from '../page-dialect.ts'

/** Spring's pages, counted from 0. */
export const gitflicPages: PageDialect = {
  place: { page: '0' },
  size: ['size'],
  sign: 'page.number is page.totalPages less 1',
  next: ({ text }) => {
    const [, total = '0', number = '0'] =
      /"page":\{"size":\d+,"totalElements":\d+,"totalPages":(\d+),"number":(\d+)\}\}$/.exec(text) ?? []
    const next = Number(number) + 1
    return next < Number(total) ? `page=${next}` : null
  },
}
