import type { ObjectType, Oid } from './model.ts'
import type { Repository } from './repository.ts'

/** One step from an object to another. */
export interface Suffix {
  readonly kind: 'ancestor' | 'parent' | 'peel' | 'unknown'
  /** The n of `~n` and `^n`. */
  readonly count: number
  /** The type of `^{type}`; `object` for `^{object}`, null for `^{}`: whatever is no tag. */
  readonly type: ObjectType | 'object' | null
  /** What the name before the suffix has to be, which settles what an ambiguous abbreviation means. */
  readonly wanted: Wanted | null
}

/** Kinds of object to choose an abbreviated id among: commits only, or what leads to a commit, or to a tree. */
export type Wanted = 'commit-only' | 'commit' | 'tree'

/** git counts generations in a C int. */
const maxCount = 0x7fff_ffff
const peelTypes = ['commit', 'tag', 'tree', 'blob', 'object'] as const

/**
 * Takes a chain of suffixes off a revision. The first suffix to be applied comes first. Reads from the end, and never
 * recurses, so that a chain of any length is harmless.
 */
export function splitSuffixes(revision: string): { name: string; suffixes: Suffix[] } {
  const suffixes: Suffix[] = []
  let end = revision.length
  for (;;) {
    const start = findSuffix(revision, end)
    if (start < 0) break
    suffixes.push(parseSuffix(revision.slice(start, end)))
    end = start
  }
  return { name: revision.slice(0, end), suffixes: suffixes.reverse() }
}

/** The object that a suffix leads to, or undefined when it leads nowhere. */
export function applySuffix(repository: Repository, oid: Oid, suffix: Suffix): Oid | undefined {
  if (suffix.kind === 'peel') return peelTo(repository, oid, suffix.type)
  if (suffix.kind === 'unknown') return undefined
  const start = peelTo(repository, oid, 'commit')
  if (start === undefined || suffix.count === 0) return start
  if (suffix.kind === 'parent') return repository.objects.commit(start).parents[suffix.count - 1]
  let commit: Oid | undefined = start
  for (let i = 0; i < suffix.count && commit; i++) commit = repository.objects.commit(commit).parents[0]
  return commit
}

/** Follows tags, and from a commit on to its tree, until an object of that type is met. */
export function peelTo(
  repository: Repository,
  oid: Oid,
  type: ObjectType | 'object' | null,
): Oid | undefined {
  const { objects } = repository
  for (let at = oid; ; ) {
    const found = objects.typeOf(at)
    if (found === undefined) return undefined
    if (type === 'object' || type === found) return at
    if (found === 'tag') at = objects.tag(at).object
    else if (type === null) return at
    else if (found === 'commit') at = objects.commit(at).tree
    else return undefined
  }
}

/** Where the last suffix of `revision.slice(0, end)` starts, -1 when there is none. */
function findSuffix(revision: string, end: number): number {
  if (revision[end - 1] === '}') {
    const start = end < 4 ? -1 : revision.lastIndexOf('^{', end - 2)
    return start > 0 ? start : -1
  }
  let at = end - 1
  while (at >= 0 && isDigit(revision.charCodeAt(at))) at--
  return revision[at] === '~' || revision[at] === '^' ? at : -1
}

function parseSuffix(text: string): Suffix {
  if (text.startsWith('^{')) return parsePeel(text.slice(2))
  const kind = text[0] === '~' ? 'ancestor' : 'parent'
  // A bare `^` or `~` means 1; an explicit `^0` only peels to the commit.
  const count = text.length === 1 ? 1 : Number(text.slice(1))
  return count > maxCount
    ? { kind: 'unknown', count: 0, type: null, wanted: 'commit' }
    : { kind, count, type: null, wanted: 'commit' }
}

/** Reads `commit}` or `}`. As in git, what follows the first closing brace does not matter. */
function parsePeel(text: string): Suffix {
  if (text.startsWith('}')) return { kind: 'peel', count: 0, type: null, wanted: null }
  const type = peelTypes.find((name) => text.startsWith(`${name}}`))
  if (type === undefined) return { kind: 'unknown', count: 0, type: null, wanted: null }
  const wanted = type === 'commit' || type === 'tree' ? type : null
  return { kind: 'peel', count: 0, type, wanted }
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39
}
