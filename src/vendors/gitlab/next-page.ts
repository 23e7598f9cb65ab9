import type { PageDialect } from '../page-dialect.ts'

/** https://docs.gitlab.com/api/rest/#pagination */
export const gitlabPages: PageDialect = {
  place: { page: '1', page_token: '', cursor: '' },
  size: ['per_page'],
  sign: 'X-Next-Page is empty and Link has no rel="next"',
  next: ({ headers }) => {
    const number = headers['x-next-page']
    if (number) return `page=${number}`
    const linked = /<([^>]*)>;\s*rel="next"/.exec(headers.link ?? '')?.[1]
    if (linked === undefined || !URL.canParse(linked)) return null
    const token = new URL(linked).searchParams.get('page_token')
    return token === null ? 'the address in Link' : 'the page_token of Link'
  },
}
