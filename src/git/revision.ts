import { fail } from '../failure.ts'
import type { Oid } from './model.ts'
import type { Repository } from './repository.ts'
import { resolveName } from './revision-name.ts'
import { applySuffix, splitSuffixes } from './revision-suffix.ts'
import { findInTree } from './tree-path.ts'

export interface RevisionOptions {
  /** Which wins when a tag and a branch have the same name. git's own choice, and the default, is the tag. */
  readonly prefer?: 'tag' | 'branch'
  /** How many digits an abbreviated id needs at least; 4 as in git unless given. */
  readonly minAbbreviation?: number
}

/** What a name leads to, or why to nothing. */
export type Resolution = Oid | 'missing' | 'ambiguous'

/**
 * The object that a revision names, by the rules of `git rev-parse --verify`: ids and unambiguous abbreviations, `HEAD`
 * and `@`, refs by full or short name, `git describe` output, and after any of these chains of `~n`, `^n` and `^{type}`,
 * then `:path`. Like git it may answer the id of a submodule's commit, which is not in the repository.
 *
 * Not resolvable here, where there is neither reflog nor index: `@{…}`, `:path` and `:/text` without a revision,
 * `^{/text}`, ranges.
 *
 * @throws ForgeError `revision-empty`, `revision-unknown`
 * @see https://git-scm.com/docs/gitrevisions
 */
export function resolveRevision(
  repository: Repository,
  revision: string,
  options: RevisionOptions = {},
): Oid {
  if (revision === '') return fail('revision-empty', {})
  const resolution = resolve(repository, revision, options)
  if (resolution === 'missing' || resolution === 'ambiguous') {
    return fail('revision-unknown', { revision, ambiguous: resolution === 'ambiguous' })
  }
  return resolution
}

function resolve(repository: Repository, revision: string, options: RevisionOptions): Resolution {
  const whole = resolveObject(repository, revision, null, options)
  if (isFound(whole)) return whole
  const colon = findPathColon(revision)
  if (colon < 1) return whole
  const tree = resolveObject(repository, revision.slice(0, colon), 'tree', options)
  if (!isFound(tree)) return tree
  return findInTree(repository, tree, revision.slice(colon + 1)) ?? 'missing'
}

/** Resolves what may stand before `:path`. `wanted` settles which object an ambiguous abbreviation means. */
function resolveObject(
  repository: Repository,
  text: string,
  wanted: 'tree' | null,
  options: RevisionOptions,
): Resolution {
  const { name, suffixes } = splitSuffixes(text)
  let found = resolveName(repository, name, suffixes[0]?.wanted ?? wanted, options)
  for (const suffix of suffixes) {
    if (!isFound(found)) return found
    found = applySuffix(repository, found, suffix) ?? 'missing'
  }
  return found
}

/** The colon between a revision and a path: the first that is outside of `^{…}`. */
function findPathColon(revision: string): number {
  let depth = 0
  for (let i = 0; i < revision.length; i++) {
    const char = revision[i]
    if (char === '{') depth++
    else if (char === '}' && depth > 0) depth--
    else if (char === ':' && depth === 0) return i
  }
  return -1
}

function isFound(resolution: Resolution): resolution is Oid {
  return resolution !== 'missing' && resolution !== 'ambiguous'
}
