import type { Oid } from './model.ts'
import type { Repository } from './repository.ts'
import type { Resolution } from './revision.ts'
import type { Wanted } from './revision-suffix.ts'

/**
 * The one object whose id begins with `digits`. Where several do, `wanted` chooses; without it, or when it leaves none or
 * more than one, the abbreviation is ambiguous. A lone match is not held against `wanted`, as in git.
 */
export function resolveAbbreviation(
  repository: Repository,
  digits: string,
  wanted: Wanted | null,
  min: number,
): Resolution {
  const isAbbreviation = digits.length >= min && digits.length <= 40 && /^[0-9a-f]+$/i.test(digits)
  if (!isAbbreviation) return 'missing'
  // Asked for all: the one that fits may come last.
  const candidates = repository.objects.oidsWithPrefix(digits.toLowerCase(), Number.POSITIVE_INFINITY)
  if (candidates.length < 2) return candidates[0] ?? 'missing'
  if (wanted === null) return 'ambiguous'
  const fitting = candidates.filter((oid) => isWanted(repository, oid, wanted))
  return fitting.length === 1 ? fitting[0]! : 'ambiguous'
}

function isWanted(repository: Repository, oid: Oid, wanted: Wanted): boolean {
  if (wanted === 'commit-only') return repository.objects.typeOf(oid) === 'commit'
  const peeled = repository.objects.peel(oid).type
  return peeled === 'commit' || peeled === wanted
}
