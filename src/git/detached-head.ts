import { compareBytes } from './byte-compare.ts'
import type { Oid } from './model.ts'

const folder = 'refs/heads/'
/** The names that a first branch usually has. */
const usual = ['refs/heads/main', 'refs/heads/master']

/**
 * The branch to point HEAD at where it was detached, since a forge's HEAD always names its default branch: one that is at
 * the same commit, else one that exists, in either case a usual name before the first by name; `main` when there is none.
 */
export function detachedBranch(refs: ReadonlyMap<string, Oid>, oid: Oid): string {
  const byName = [...refs.keys()].filter((ref) => ref.startsWith(folder)).sort(compareBytes)
  const present = usual.filter((ref) => refs.has(ref))
  const branches = [...present, ...byName]
  return branches.find((ref) => refs.get(ref) === oid) ?? branches[0] ?? 'refs/heads/main'
}
