import { mergeFile, settleStages } from './content-merge.ts'
import type { TreeFile } from './file-map.ts'
import { findMovedFolders, findStrays } from './folder-renames.ts'
import {
  isRegular,
  isSameFile,
  type MergeTrees,
  otherSide,
  type Side,
  type Stages,
  stageChanges,
} from './merge-stages.ts'
import type { Oid } from './model.ts'
import { findRenames } from './renames.ts'
import type { Repository } from './repository.ts'
import { editTree, foldersAbove } from './tree-edit.ts'

export type MergedTree = { readonly tree: Oid } | { readonly conflicts: readonly string[] }

/**
 * Merges two trees that come from a third one, as git's default strategy does: texts line by line, renamed files under their
 * new names. The answer is the merged tree, or the paths that are in conflict, in no order that means anything.
 *
 * Where git would ask how files are to be treated (.gitattributes), the defaults count.
 */
export function mergeTrees(repository: Repository, trees: MergeTrees): MergedTree {
  if (trees.base === trees.theirs || trees.ours === trees.theirs) return { tree: trees.ours }
  if (trees.base === trees.ours) return { tree: trees.theirs }
  return new TreeMerge(repository, trees).run()
}

/** What one side has moved, new paths by old ones. */
interface Moves {
  readonly renames: ReadonlyMap<string, string>
  readonly folders: ReadonlyMap<string, string>
  /** Files that the other side put into folders that this side has emptied, with the folders. */
  readonly strays: ReadonlyMap<string, string>
}

class TreeMerge {
  readonly #repository: Repository
  readonly #trees: MergeTrees
  readonly #stages: Map<string, Stages>
  readonly #conflicts = new Set<string>()
  /** What our side has at the changed paths. */
  readonly #ours: ReadonlyMap<string, TreeFile | undefined>
  /** Where both sides put the same file: git looks no further there, not even for what it was renamed from. */
  readonly #agreed: ReadonlySet<string>

  constructor(repository: Repository, trees: MergeTrees) {
    this.#repository = repository
    this.#trees = trees
    this.#stages = stageChanges(repository, trees)
    this.#ours = new Map(Array.from(this.#stages, ([path, { ours }]) => [path, ours]))
    const agreed = [...this.#stages].filter(([, { base, ours, theirs }]) => !base && isSameFile(ours, theirs))
    this.#agreed = new Set(agreed.map(([path]) => path))
  }

  run(): MergedTree {
    const ours = this.#findMoves('ours')
    const theirs = this.#findMoves('theirs')
    this.#refuseStrays(ours, theirs.folders)
    this.#refuseStrays(theirs, ours.folders)
    for (const [from, to] of ours.renames) this.#rename(from, to, 'ours', theirs.renames.get(from))
    for (const [from, to] of theirs.renames) {
      if (!ours.renames.has(from)) this.#rename(from, to, 'theirs', undefined)
    }
    const edits = this.#settle()
    if (this.#conflicts.size > 0) return { conflicts: [...this.#conflicts] }
    const edited = editTree(this.#repository.objects, this.#trees.ours, edits)
    return 'tree' in edited ? edited : { conflicts: edited.clashes }
  }

  /** Only moves that mean something for the merge are looked for: of files and folders that the other side has changed. */
  #findMoves(side: Side): Moves {
    const { objects } = this.#repository
    const other = otherSide(side)
    const strays = findStrays(this.#repository, this.#stages, side, this.#trees[side])
    const emptied = new Set(strays.values())
    const renames = findRenames(objects, this.#stages, side, (path) => {
      const stage = this.#stages.get(path)!
      const isEmptied = emptied.size > 0 && foldersAbove(path).some((folder) => emptied.has(folder))
      return isEmptied || !isSameFile(stage.base, stage[other])
    })
    return { renames, strays, folders: findMovedFolders(emptied, renames) }
  }

  /** A stray would have to follow its folder, unless that went where the side of the stray has moved everything away. */
  #refuseStrays({ strays, folders }: Moves, otherFolders: ReadonlyMap<string, string>): void {
    for (const [path, folder] of strays) {
      const target = folders.get(folder)
      if (target !== undefined && !otherFolders.has(target)) this.#conflicts.add(path)
    }
  }

  /** Brings what the other side made of a file together with where this side has put it. */
  #rename(from: string, to: string, side: Side, otherTo: string | undefined): void {
    const other = otherSide(side)
    const source = this.#stages.get(from)!
    const target = this.#stages.get(to)!
    const { base } = source
    if (otherTo === to) {
      target.base = base
      source.base = undefined
      return
    }
    const theirs = source[other]
    const isOtherKind = theirs && base && isRegular(theirs) !== isRegular(base)
    if (otherTo !== undefined || !theirs || !base || (isOtherKind && !target[other])) {
      for (const path of [from, to, otherTo ?? to]) this.#conflicts.add(path)
      return
    }
    source.base = undefined
    // The other side put something else in its place, so what it has at the new path is taken to be the file.
    if (isOtherKind) {
      target.base = base
      return
    }
    source[other] = undefined
    if (!target[other]) {
      target.base = base
      target[other] = theirs
      return
    }
    const merged = mergeFile(this.#repository.objects, base, target[side]!, theirs)
    if (merged) target[side] = merged
    else this.#conflicts.add(to)
  }

  /** The changes to our tree. */
  #settle(): Map<string, TreeFile | null> {
    const edits = new Map<string, TreeFile | null>()
    for (const [path, stage] of this.#stages) {
      const { ours = null } = stage
      const settled = this.#agreed.has(path) ? { file: ours } : settleStages(this.#repository.objects, stage)
      if (settled === 'conflict') this.#conflicts.add(path)
      else if (!isSameFile(settled.file ?? undefined, this.#ours.get(path))) edits.set(path, settled.file)
    }
    return edits
  }
}
