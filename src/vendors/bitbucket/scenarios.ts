import type { VendorScenario } from '../fault-dialect.ts'
import { DEFAULT_LIMIT } from './paging.ts'

export const neverLastPage: VendorScenario = {
  name: 'bitbucket-never-last-page',
  summary:
    'isLastPage is false on every page of a list, past its end too, and nextPageStart goes on; the pages past the end are empty.',
  correctClient: 'Stops at an empty page as well, and at a nextPageStart that does not lie beyond the page.',
  operations: ['bitbucket.listTags', 'bitbucket.listBranches', 'bitbucket.listProjectRepositories'],
  rewrite(answer) {
    if (answer.status !== 200) return answer
    const page = JSON.parse(answer.body) as { start: number; size: number; limit?: number }
    const nextPageStart = page.start + (page.size || (page.limit ?? DEFAULT_LIMIT))
    return { ...answer, body: JSON.stringify({ ...page, isLastPage: false, nextPageStart }) }
  },
}
