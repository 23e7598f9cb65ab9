import type { TreeFile } from './file-map.ts'
import type { Oid } from './model.ts'
import type { Repository } from './repository.ts'
import { diffTrees } from './tree-diff.ts'

export type Side = 'ours' | 'theirs'

/** A path as it is in the base of a merge and on both sides; absent where there is no file. */
export interface Stages {
  base?: TreeFile | undefined
  ours?: TreeFile | undefined
  theirs?: TreeFile | undefined
}

/** The three trees of a merge; the base of commits without a common past is null. */
export interface MergeTrees {
  readonly base: Oid | null
  readonly ours: Oid
  readonly theirs: Oid
}

export function otherSide(side: Side): Side {
  return side === 'ours' ? 'theirs' : 'ours'
}

export function isSameFile(a: TreeFile | undefined, b: TreeFile | undefined): boolean {
  return a?.oid === b?.oid && a?.mode === b?.mode
}

/** The paths that either side has changed, in byte order for each side. */
export function stageChanges(
  repository: Repository,
  { base, ours, theirs }: MergeTrees,
): Map<string, Stages> {
  const stages = new Map<string, Stages>()
  for (const [side, tree] of [
    ['ours', ours],
    ['theirs', theirs],
  ] as const) {
    for (const { path, before, after, modes } of diffTrees(repository, base, tree)) {
      const old = fileOf(before, modes.before)
      const stage = stages.get(path) ?? { base: old, ours: old, theirs: old }
      stage[side] = fileOf(after, modes.after)
      stages.set(path, stage)
    }
  }
  return stages
}

function fileOf(oid: Oid | undefined, mode: string | undefined): TreeFile | undefined {
  return oid === undefined || mode === undefined ? undefined : { oid, mode }
}

/** `100644` and `100755` are one kind; links and submodules are others. */
export function kindOf({ mode }: TreeFile): string {
  return mode.slice(0, -3).padStart(3, '0')
}

export function isRegular(file: TreeFile): boolean {
  return kindOf(file) === '100'
}
