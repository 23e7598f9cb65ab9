import { compareBytes } from './byte-compare.ts'
import type { TreeFile } from './file-map.ts'
import { isSameFile, otherSide, type Side, type Stages } from './merge-stages.ts'
import { folderOf, foldersAbove, nameOf } from './tree-edit.ts'

/** A file that came or went on one side. */
export interface Candidate {
  readonly path: string
  readonly file: TreeFile
}

const EMPTY_BLOB = 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391'

/** What has gone on one side, and what has come, in the order in which git looks at them. */
export function findCandidates(
  stages: ReadonlyMap<string, Stages>,
  side: Side,
): { readonly sources: Candidate[]; readonly targets: Candidate[] } {
  const sources: Candidate[] = []
  const targets: Candidate[] = []
  for (const [path, { base, [side]: now }] of stages) {
    // Empty files have nothing that could tell them apart.
    if (base && !now && base.oid !== EMPTY_BLOB) sources.push({ path, file: base })
    if (now && !base && now.oid !== EMPTY_BLOB) targets.push({ path, file: now })
  }
  const touched = touchedFolders(stages, otherSide(side))
  // git reads folders last that only this side has changed; of files with the same content the first ones make a pair.
  const rank = ({ path }: Candidate) => Number(!touched.has(folderOf(path)))
  for (const list of [sources, targets])
    list.sort((a, b) => rank(a) - rank(b) || compareBytes(a.path, b.path))
  return { sources, targets }
}

/** The root and the folders in which a side has changed something. */
function touchedFolders(stages: ReadonlyMap<string, Stages>, side: Side): Set<string> {
  const folders = new Set([''])
  for (const [path, { base, [side]: now }] of stages) {
    if (!isSameFile(base, now)) for (const folder of foldersAbove(path)) folders.add(folder)
  }
  return folders
}

export function groupBy(
  list: readonly Candidate[],
  keyOf: (candidate: Candidate) => string,
): Map<string, Candidate[]> {
  const groups = new Map<string, Candidate[]>()
  for (const candidate of list) {
    const group = groups.get(keyOf(candidate))
    if (group) group.push(candidate)
    else groups.set(keyOf(candidate), [candidate])
  }
  return groups
}

/** Those whose name no other one has, by their names. */
export function uniqueNames(candidates: readonly Candidate[]): Map<string, Candidate> {
  const groups = groupBy(candidates, ({ path }) => nameOf(path))
  return new Map(
    [...groups].flatMap(([name, [first, ...others]]) =>
      first && others.length === 0 ? [[name, first]] : [],
    ),
  )
}
