import { type BranchPage, listBranches } from '../../forge/branches.ts'
import type { Branch, User } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import type { ListBranches } from './branch-schemas.ts'
import { isCreator } from './creator.ts'

const ORDERS = {
  name: { order: 'name', direction: 'asc' },
  updated_asc: { order: 'committed', direction: 'asc' },
  updated_desc: { order: 'committed', direction: 'desc' },
} as const

/** A branch is stale once nothing has come to it for three months, as in the console. Seconds. */
const STALE_AFTER = 90 * 24 * 60 * 60

/** The branches of one list request, and how many there are before paging. */
export function findBranches(project: Project, viewer: User, query: ListBranches): BranchPage {
  const { sort, offset, limit } = query
  const filter = filterOf(project, viewer, query)
  if (!filter) return listBranches(project, { ...ORDERS[sort], offset, limit })
  const all = listBranches(project, { ...ORDERS[sort], offset: 0, limit: Number.MAX_SAFE_INTEGER })
  const branches = all.branches.filter(filter)
  return { branches: branches.slice(offset, offset + limit), total: branches.length }
}

function filterOf(
  project: Project,
  viewer: User,
  { branch_type, creator, query_view }: ListBranches,
): ((branch: Branch) => boolean) | null {
  if (branch_type === undefined && creator === undefined && query_view === 'all_branches') return null
  const now = project.forge.clock.now() / 1000
  const isStale = ({ commit }: Branch) => now - commit.committer.time > STALE_AFTER
  const isFrom = (id: string, { name }: Branch) => isCreator(id, project, `refs/heads/${name}`, null)
  const views: Record<ListBranches['query_view'], (branch: Branch) => boolean> = {
    all_branches: () => true,
    my_branches: (branch) => isFrom(String(viewer.id), branch),
    active: (branch) => !isStale(branch),
    stale: isStale,
  }
  return (branch) => {
    if (branch_type === 'not_protect' && branch.name === project.defaultBranch) return false
    if (creator !== undefined && !isFrom(creator, branch)) return false
    return views[query_view](branch)
  }
}
