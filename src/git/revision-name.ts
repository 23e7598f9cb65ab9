import { resolveAbbreviation } from './abbreviation.ts'
import type { Oid } from './model.ts'
import type { Repository } from './repository.ts'
import type { Resolution, RevisionOptions } from './revision.ts'
import type { Wanted } from './revision-suffix.ts'

const fullId = /^[0-9a-f]{40}$/i

/** Where git looks for a short name, first match first: `git help revisions`. */
const tagsFirst = ['refs/', 'refs/tags/', 'refs/heads/', 'refs/remotes/']
const branchesFirst = ['refs/', 'refs/heads/', 'refs/tags/', 'refs/remotes/']

/** Resolves a revision without suffixes: a full id, else a ref, else `git describe` output, else an abbreviated id. */
export function resolveName(
  repository: Repository,
  name: string,
  wanted: Wanted | null,
  options: RevisionOptions,
): Resolution {
  const min = options.minAbbreviation ?? 4
  if (fullId.test(name)) return resolveFullId(repository, name.toLowerCase())
  const target = findRef(repository, name, options.prefer === 'branch' ? branchesFirst : tagsFirst)
  if (target !== undefined) return target
  const described = describedId(name)
  if (described !== undefined) {
    const commit = resolveAbbreviation(repository, described, 'commit-only', min)
    if (commit !== 'missing') return commit
  }
  return resolveAbbreviation(repository, name, wanted, min)
}

function resolveFullId(repository: Repository, oid: Oid): Resolution {
  return repository.objects.has(oid) ? oid : 'missing'
}

function findRef(repository: Repository, name: string, prefixes: readonly string[]): Oid | undefined {
  if (name === '@') return repository.ref('HEAD')
  const asIs = name === 'HEAD' || name.startsWith('refs/') ? repository.ref(name) : undefined
  if (asIs !== undefined) return asIs
  for (const prefix of prefixes) {
    const target = repository.ref(prefix + name)
    if (target !== undefined) return target
  }
  return repository.ref(`refs/remotes/${name}/HEAD`)
}

/** The abbreviated id in `v1.0-3-g1a2b3c4`; git does not look at what comes before `-g`. */
function describedId(name: string): string | undefined {
  const at = name.lastIndexOf('-g')
  return at > 0 ? name.slice(at + 2) : undefined
}
