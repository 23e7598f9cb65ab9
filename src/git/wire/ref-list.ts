import { ForgeError } from '../../failure.ts'
import type { Oid } from '../model.ts'
import type { RefEntry } from '../ref-entry.ts'
import type { Repository } from '../repository.ts'

const HEADS = 'refs/heads/'
const TAGS = 'refs/tags/'

/** Refs with their full names cut in two: what all of them begin with, and the names that their entries have. */
export interface RefRun {
  readonly folder: string
  readonly entries: Iterable<RefEntry>
}

/**
 * The refs whose full names begin with any of the prefixes (all refs, given none), in byte order and each once. HEAD is
 * not among them. Costs as much as there are refs to list, not as there are in the repository; run by run, as an object or a
 * generator's step for each of a hundred thousand refs takes longer than its line.
 */
export function* listMatchingRefs(
  repository: Repository,
  prefixes: readonly string[] = [''],
): Generator<RefRun> {
  const wanted = prefixes.length === 0 ? [''] : dropCovered(prefixes)
  const others = [...repository.others.entries('name', 'asc')].filter(({ name }) =>
    wanted.some((prefix) => name.startsWith(prefix)),
  )
  yield { folder: '', entries: others.filter(({ name }) => name < HEADS) }
  yield* below(repository.heads, HEADS, wanted)
  yield { folder: '', entries: others.filter(({ name }) => name > HEADS && name < TAGS) }
  yield* below(repository.tags, TAGS, wanted)
  yield { folder: '', entries: others.filter(({ name }) => name > TAGS) }
}

/** What HEAD leads to, when its branch is born. */
export function findHead(repository: Repository): Oid | undefined {
  return repository.ref('HEAD')
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

function* below(table: Repository['tags'], folder: string, prefixes: readonly string[]): Generator<RefRun> {
  for (const prefix of prefixes) {
    if (folder.startsWith(prefix)) yield { folder, entries: table.entries('name', 'asc') }
    else if (prefix.startsWith(folder))
      yield { folder, entries: table.withPrefix(prefix.slice(folder.length)) }
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
