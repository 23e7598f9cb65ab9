import type { FileDiff } from '../../forge/file-diffs.ts'
import type { Diff } from './commit-schemas.ts'
import type { Profile } from './profiles.ts'

/** How git writes the mode of a file that is not there. */
const NO_FILE = '0'

/** lib/api/entities/diff.rb. What is too big to be shown, or made by a machine, is not told apart here. */
export function presentDiff(file: FileDiff, { hasTagCreatedAt: isRecent }: Profile): Diff {
  const { oldPath, newPath, isBinary, hunks, kind } = file
  return {
    diff: isBinary ? `Binary files ${sideOf('a', file)} and ${sideOf('b', file)} differ\n` : hunks,
    ...(isRecent && { collapsed: false, too_large: false }),
    new_path: newPath,
    old_path: oldPath,
    a_mode: file.oldMode ?? NO_FILE,
    b_mode: file.newMode ?? NO_FILE,
    new_file: kind === 'added',
    renamed_file: kind === 'renamed',
    deleted_file: kind === 'removed',
    ...(isRecent && { generated_file: false }),
  }
}

function sideOf(side: 'a' | 'b', { oldMode, newMode, oldPath, newPath }: FileDiff): string {
  if (side === 'a') return oldMode === null ? '/dev/null' : `a/${oldPath}`
  return newMode === null ? '/dev/null' : `b/${newPath}`
}
