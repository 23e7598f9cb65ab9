import { createHash } from 'node:crypto'
import { readBlob } from './content-merge.ts'
import { findHunks, type Hunk, LineNumbers, splitLines } from './line-hunks.ts'
import type { Oid } from './model.ts'
import type { Repository } from './repository.ts'
import { diffShortest } from './shortest-diff.ts'
import { isBinary } from './text-merge.ts'
import { changedFiles, type FileChange } from './tree-diff.ts'

/** Unchanged lines that belong to a change, on either side of it. */
const CONTEXT = 3

/**
 * Says what a commit changes against its first parent, so that two commits can be told to make the same change: equal for two
 * commits where `git patch-id` is equal. Line numbers and white space do not count.
 */
export function patchId(repository: Repository, commit: Oid): string {
  const hash = createHash('sha1')
  for (const change of changedFiles(repository, commit)) {
    hash.update(`${headerOf(change)}\n`)
    for (const line of contentOf(repository, change)) hash.update(line, 'latin1')
  }
  return hash.digest('hex')
}

/** Which files a commit changes, without a look at them: where this differs, patchId does. */
export function patchOutline(repository: Repository, commit: Oid): string {
  return changedFiles(repository, commit).map(headerOf).join('\n')
}

function headerOf({ path, kind, modes }: FileChange): string {
  const name = path.replace(/\s/g, '')
  if (kind === 'added') return `new ${modes.after} ${name}`
  if (kind === 'removed') return `deleted ${modes.before} ${name}`
  return modes.before === modes.after ? `changed ${name}` : `changed ${modes.before} ${modes.after} ${name}`
}

function* contentOf(repository: Repository, change: FileChange): Generator<string> {
  if (change.before === change.after) return
  const before = readSide(repository, change.before, change.modes.before)
  const after = readSide(repository, change.after, change.modes.after)
  if (isBinary(before) || isBinary(after)) {
    yield `${change.before} ${change.after}\n`
    return
  }
  yield* patchLines(splitLines(before), splitLines(after))
}

/** The lines of a unified diff without those that say where they are. */
function* patchLines(before: readonly string[], after: readonly string[]): Generator<string> {
  const numbers = new LineNumbers()
  let shown = 0
  const hunks = findHunks(numbers.of(before), numbers.of(after), diffShortest)
  for (const [i, hunk] of hunks.entries()) {
    yield* lines(' ', before, Math.max(shown, hunk.start - CONTEXT), hunk.start)
    yield* lines('-', before, hunk.start, hunk.end)
    yield* lines('+', after, hunk.newStart, hunk.newEnd)
    shown = contextEnd(hunk, hunks[i + 1], before.length)
    yield* lines(' ', before, hunk.end, shown)
  }
}

function contextEnd({ end }: Hunk, next: Hunk | undefined, length: number): number {
  return Math.min(end + CONTEXT, next?.start ?? length)
}

function* lines(sign: string, from: readonly string[], start: number, end: number): Generator<string> {
  for (let at = start; at < end; at++) yield `${sign + from[at]!.replace(/[ \t\n\v\f\r]/g, '')}\n`
}

/** The bytes that git compares: for a submodule a line with the id of its commit. */
function readSide(repository: Repository, oid: Oid | undefined, mode: string | undefined): Buffer {
  if (oid === undefined || mode === undefined) return Buffer.alloc(0)
  if (mode === '160000') return Buffer.from(`Subproject commit ${oid}\n`)
  return readBlob(repository.objects, { oid, mode })
}
