import { ForgeError } from '../../failure.ts'
import type { Oid } from '../model.ts'
import type { RefEntry } from '../ref-entry.ts'
import type { Repository } from '../repository.ts'

const HEADS = 'refs/heads/'
const TAGS = 'refs/tags/'

/** A ref as clients are told of it. */
export interface ListedRef {
  /** Full name. */
  readonly ref: string
  readonly target: Oid
  /** What a tag object leads to in the end; null when the target is no tag object. */
  readonly peeled: Oid | null
}

/**
 * The refs whose full names begin with any of the prefixes (all refs, given none), in byte order and each once. HEAD is
 * not among them. Costs as much as there are refs to list, not as there are in the repository.
 */
export function* listMatchingRefs(
  repository: Repository,
  prefixes: readonly string[] = [''],
): Generator<ListedRef> {
  const wanted = prefixes.length === 0 ? [''] : dropCovered(prefixes)
  const others = [...repository.others.entries('name', 'asc')].filter(({ name }) =>
    wanted.some((prefix) => name.startsWith(prefix)),
  )
  yield* others.filter(({ name }) => name < HEADS).map((entry) => list('', entry))
  for (const entry of below(repository.heads, HEADS, wanted)) yield list(HEADS, entry)
  yield* others.filter(({ name }) => name > HEADS && name < TAGS).map((entry) => list('', entry))
  for (const entry of below(repository.tags, TAGS, wanted)) yield list(TAGS, entry)
  yield* others.filter(({ name }) => name > TAGS).map((entry) => list('', entry))
}

/** What HEAD leads to, when its branch is born. */
export function findHead(repository: Repository): Oid | undefined {
  return repository.ref('HEAD')
}

function list(folder: string, entry: RefEntry): ListedRef {
  return { ref: folder + entry.name, target: entry.target, peeled: peeledTag(entry) }
}

/** What a tag object leads to in the end; null for a ref to anything else. A tag that cannot be followed to its end (repositories on disk may be damaged) is listed without one, as git does. */
export function peeledTag(entry: RefEntry): Oid | null {
  try {
    return entry.facts.type === 'tag' ? entry.facts.peeled : null
  } catch (error) {
    if (error instanceof ForgeError) return null
    throw error
  }
}

function* below(table: Repository['tags'], folder: string, prefixes: readonly string[]): Generator<RefEntry> {
  for (const prefix of prefixes) {
    if (folder.startsWith(prefix)) yield* table.entries('name', 'asc')
    else if (prefix.startsWith(folder)) yield* table.withPrefix(prefix.slice(folder.length))
  }
}

/** Prefixes in byte order, without those that a shorter one covers: so nothing is listed twice. */
function dropCovered(prefixes: readonly string[]): string[] {
  const sorted = [...new Set(prefixes)].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  const kept: string[] = []
  for (const prefix of sorted) {
    const last = kept.at(-1)
    if (last === undefined || !prefix.startsWith(last)) kept.push(prefix)
  }
  return kept
}
