import { ForgeError } from '../../failure.ts'
import { findIncomplete } from '../../git/connectivity.ts'
import type { MemoryLayer } from '../../git/memory-layer.ts'
import { ObjectStore } from '../../git/object-store.ts'
import { ingestPack } from '../../git/pack-ingest.ts'
import { PackRefusal } from '../../git/pack-refusal.ts'
import { Repository } from '../../git/repository.ts'
import type { Problems } from '../fixture/problems.ts'
import type { RepositoryState } from './schema.ts'

/** Base64 is decoded in pieces of this many characters: whole groups of four. */
const PIECE = 64 * 1024

/** Builds a repository, or reports what is wrong with it. `limit`: bytes that the whole document may have. */
export async function buildRepository(
  state: RepositoryState,
  at: string,
  limit: number,
  problems: Problems,
): Promise<Repository | null> {
  const layer = await unpack(state.objects, limit).catch((error: Error) => {
    problems.add(`${at}.objects`, describe(error))
    return null
  })
  if (!layer) return null
  const incomplete = await findIncomplete({ layer, store: new ObjectStore(), shallow: new Set() })
  const [broken] = incomplete.keys()
  if (broken !== undefined) {
    problems.add(`${at}.objects`, `${broken} leads to an object that is missing or of another type`)
    return null
  }
  return plantRefs(layer, state, at, problems)
}

function plantRefs(
  layer: MemoryLayer,
  { head, refs }: RepositoryState,
  at: string,
  problems: Problems,
): Repository | null {
  const repository = Repository.fromDisk({
    objects: layer,
    refs: new Map(),
    head: { ref: 'refs/heads/main' },
    warnings: [],
  })
  try {
    repository.head = head
  } catch (error) {
    problems.add(`${at}.head`, describe(error as Error))
  }
  const wanted = Object.entries(refs)
  try {
    repository.update(wanted.map(([ref, after]) => ({ ref, before: null, after })))
    return repository
  } catch (error) {
    const culprit = wanted.find((one) => isAbout(error, one))
    problems.add(`${at}.refs${culprit ? `[${JSON.stringify(culprit[0])}]` : ''}`, describe(error as Error))
    return null
  }
}

/** Which of the refs a failed update names. */
function isAbout(error: unknown, [ref, oid]: readonly [string, string]): boolean {
  if (!(error instanceof ForgeError)) return false
  const facts = error.details as { readonly ref?: string; readonly name?: string; readonly oid?: string }
  if (facts.ref !== undefined) return facts.ref === ref
  return facts.name === undefined
    ? facts.oid === oid
    : ref.replace(/^refs\/(?:heads|tags)\//, '') === facts.name
}

function describe(error: Error): string {
  if (error instanceof PackRefusal) return error.message.replaceAll('\n', '; ')
  if (!(error instanceof ForgeError)) throw error
  const facts = error.details as { readonly rule?: string; readonly reason?: string; readonly other?: string }
  if (facts.rule ?? facts.reason) return String(facts.rule ?? facts.reason)
  if (error.code === 'object-missing') return 'the object is missing'
  return facts.other === undefined ? error.message : `cannot stand beside ${JSON.stringify(facts.other)}`
}

function unpack(objects: string, limit: number): Promise<MemoryLayer> {
  // Little data can unpack to very much.
  return ingestPack(decodeBase64(objects), new ObjectStore(), { objectBytes: limit, totalBytes: 4 * limit })
}

/** Buffer passes over what is no base64; the sum at the end of the pack then tells. */
async function* decodeBase64(text: string): AsyncGenerator<Buffer> {
  for (let at = 0; at < text.length; at += PIECE) yield Buffer.from(text.slice(at, at + PIECE), 'base64')
}
