import type { PageDialect } from '../page-dialect.ts'

/** https://developer.atlassian.com/server/bitbucket/rest/v819/intro/#paged-apis */
export const bitbucketPages: PageDialect = {
  place: { start: '0' },
  size: ['limit'],
  sign: 'isLastPage is true',
  next: ({ text }) => {
    // Ahead of the values, so that it is there when the end of the body is not.
    if (!/^\{"size":\d+,"limit":\d+,"isLastPage":false,/.test(text)) return null
    const start = /"nextPageStart":(\d+)[^{}[\]]*\}$/.exec(text)?.[1]
    return start === undefined ? 'start, at nextPageStart' : `start=${start}`
  },
}
