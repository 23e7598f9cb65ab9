import type { FileDiff } from '../../forge/file-diffs.ts'
import type { Diff } from './commit-schemas.ts'

/** DiffDto */
export function presentDiff(file: FileDiff): Diff {
  const { added, removed } = countLines(file)
  return {
    old_path: file.oldPath,
    new_path: file.newPath,
    a_mode: file.oldMode ?? '0',
    b_mode: file.newMode ?? '0',
    new_file: file.kind === 'added',
    renamed_file: file.kind === 'renamed',
    deleted_file: file.kind === 'removed',
    diff: file.hunks,
    binary: file.isBinary,
    too_large: false,
    collapsed: false,
    added_lines: added,
    removed_lines: removed,
  }
}

/** The lines that a file gained and lost. Hunks hold no file names, so every plus and minus counts. */
export function countLines({ hunks }: FileDiff): { readonly added: number; readonly removed: number } {
  const lines = hunks.split('\n')
  return {
    added: lines.filter((line) => line.startsWith('+')).length,
    removed: lines.filter((line) => line.startsWith('-')).length,
  }
}
