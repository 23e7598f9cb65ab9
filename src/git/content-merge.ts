import { fail } from '../failure.ts'
import type { TreeFile } from './file-map.ts'
import { isRegular, isSameFile, kindOf, type Stages } from './merge-stages.ts'
import type { ObjectStore } from './object-store.ts'
import { mergeTexts } from './text-merge.ts'

/** What a path becomes; null: nothing is left of it. */
export type Settled = { readonly file: TreeFile | null } | 'conflict'

/** Settles one path: what only one side changed is theirs to say, and what both changed is merged. */
export function settleStages(objects: ObjectStore, { base, ours, theirs }: Stages): Settled {
  if (isSameFile(ours, theirs) || isSameFile(base, theirs)) return { file: ours ?? null }
  if (isSameFile(base, ours)) return { file: theirs ?? null }
  // One side has deleted what the other one has changed.
  if (!ours || !theirs) return 'conflict'
  const file = mergeFile(objects, base, ours, theirs)
  return file ? { file } : 'conflict'
}

/** Merges two versions of a file; null when they contradict each other. */
export function mergeFile(
  objects: ObjectStore,
  base: TreeFile | undefined,
  ours: TreeFile,
  theirs: TreeFile,
): TreeFile | null {
  if (kindOf(ours) !== kindOf(theirs)) return null
  const mode = pick(base?.mode, ours.mode, theirs.mode)
  const oid = pick(base?.oid, ours.oid, theirs.oid) ?? mergeContent(objects, base, ours, theirs)
  return mode === null || oid === null ? null : { mode, oid }
}

/** Of two values the one that is not as before, when there is just one such value. */
function pick(base: string | undefined, ours: string, theirs: string): string | null {
  if (ours === theirs || theirs === base) return ours
  return ours === base ? theirs : null
}

function mergeContent(
  objects: ObjectStore,
  base: TreeFile | undefined,
  ours: TreeFile,
  theirs: TreeFile,
): string | null {
  // Where a link leads, or which commit of a submodule, is one value: there is nothing to merge.
  if (!isRegular(ours)) return null
  const old = base && isRegular(base) ? readBlob(objects, base) : Buffer.alloc(0)
  const merged = mergeTexts(old, readBlob(objects, ours), readBlob(objects, theirs))
  return merged && objects.write('blob', merged)
}

export function readBlob(objects: ObjectStore, { oid }: TreeFile): Buffer {
  return objects.read(oid)?.data ?? fail('object-missing', { oid })
}
