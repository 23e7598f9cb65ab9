import { fail } from '../failure.ts'
import { checkRefName } from '../git/ref-name.ts'
import type { Branch, Direction, Oid, RefOrder } from './model.ts'
import type { Project } from './project.ts'
import type { Author } from './tags.ts'

const PREFIX = 'refs/heads/'

export interface BranchPage {
  readonly branches: readonly Branch[]
  /** How many there are before paging. */
  readonly total: number
}

export interface BranchQuery {
  readonly order: RefOrder
  readonly direction: Direction
  readonly offset: number
  readonly limit: number
  /** Keeps the branches whose short name passes; it costs a look at every branch. */
  readonly keep?: (name: string) => boolean
}

export function listBranches(
  project: Project,
  { order, direction, offset, limit, keep }: BranchQuery,
): BranchPage {
  const { repository } = project
  if (!keep) {
    const entries = repository.heads.page(order, direction, offset, limit)
    return { branches: entries.map((entry) => repository.toBranch(entry)), total: repository.heads.size }
  }
  const kept = [...repository.heads.entries(order, direction)].filter((entry) => keep(entry.name))
  return {
    branches: kept.slice(offset, offset + limit).map((entry) => repository.toBranch(entry)),
    total: kept.length,
  }
}

/** A branch by its short name, exactly. Throws `ref-missing`. */
export function getBranch(project: Project, name: string): Branch {
  return project.repository.branch(name) ?? fail('ref-missing', { ref: PREFIX + name, name })
}

/** Creates a branch at a commit. Throws `ref-exists`, `ref-name-invalid`, `ref-conflict`, `object-missing`, `ref-target-invalid`. */
export function createBranch(project: Project, name: string, commit: Oid, author: Author): Branch {
  project.moveRefs([{ ref: PREFIX + name, before: null, after: commit }], {
    actor: author.user,
    via: 'api',
    vendor: author.vendor,
  })
  return getBranch(project, name)
}

/** Deletes a branch, the default one too: who may not, and which branches are kept, is for the vendor to say. Throws `ref-missing`. */
export function deleteBranch(project: Project, name: string, author: Author): void {
  const before = getBranch(project, name).commit.oid
  project.moveRefs([{ ref: PREFIX + name, before, after: null }], {
    actor: author.user,
    via: 'api',
    vendor: author.vendor,
  })
}

/** What git has against a branch's short name, or null. */
export function branchNameRule(name: string): string | null {
  return name === '' ? 'a branch name cannot be empty' : checkRefName(PREFIX + name)
}
