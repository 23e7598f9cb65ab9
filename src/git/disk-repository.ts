import { join } from 'node:path'
import { fail } from '../failure.ts'
import { readDiskFile } from './disk-file.ts'
import { findRepository } from './disk-layout.ts'
import { DiskObjects } from './disk-objects.ts'
import { parseRefContent, type RefContent, readRefContents } from './disk-refs.ts'
import { checkSupported } from './disk-support.ts'
import type { Oid } from './model.ts'
import type { ObjectSource } from './object-source.ts'
import { checkRefName } from './ref-name.ts'

/** git follows no more symbolic refs in a row. */
const LONGEST_DETOUR = 5

/** A repository as it was on disk when it was opened; its files are not needed any more. */
export interface DiskRepository {
  readonly objects: ObjectSource
  /** The object of each ref, by full name, symbolic refs resolved. HEAD is not among them. */
  readonly refs: ReadonlyMap<string, Oid>
  /** The branch that HEAD names, which need not exist yet, or the object of a detached HEAD. */
  readonly head: { readonly ref: string } | { readonly oid: Oid }
  /** A sentence for each ref that was left out, as git leaves it out too. */
  readonly warnings: readonly string[]
}

/**
 * Reads a repository, bare or with a work tree, with all its packs and loose objects.
 *
 * Throws `repository-unreadable` when there is none, when it is of a kind that cannot be read (shallow, partial, with
 * alternates, SHA-256, reftable), or when a ref leads to an object that is not there. Objects are checked later, when they
 * are read.
 */
export function openDiskRepository(path: string): DiskRepository {
  const layout = findRepository(path)
  checkSupported(path, layout.commonFolder)
  // Refs first: were an object written meanwhile, its ref would not be seen, rather than the ref without the object.
  const head = readHead(path, layout.gitFolder)
  const contents = readRefContents(layout)
  const objects = new DiskObjects(join(layout.commonFolder, 'objects'))
  const { refs, warnings } = resolveRefs(contents)
  for (const [ref, oid] of refs) requireObject(path, objects, ref, oid)
  if ('oid' in head) requireObject(path, objects, 'HEAD', head.oid)
  return { objects, refs, head, warnings }
}

function readHead(path: string, gitFolder: string): { readonly ref: string } | { readonly oid: Oid } {
  const data = readDiskFile(join(gitFolder, 'HEAD'))
  const head = data === null ? null : parseRefContent(data)
  const usable = head !== null && ('oid' in head || checkRefName(head.ref) === null)
  return usable
    ? head
    : fail('repository-unreadable', { path, reason: 'its HEAD names neither a ref nor an object' })
}

function resolveRefs(contents: ReadonlyMap<string, RefContent>): {
  refs: Map<string, Oid>
  warnings: string[]
} {
  const refs = new Map<string, Oid>()
  const warnings: string[] = []
  for (const [name, content] of contents) {
    const problem = checkRefName(name) ?? (name.includes('\ufffd') ? 'a ref name must be UTF-8' : null)
    const oid = followRef(contents, content)
    if (problem !== null) warnings.push(`${name} was left out: ${problem}`)
    else if (oid === null) warnings.push(`${name} was left out: it leads to no object`)
    else refs.set(name, oid)
  }
  return { refs, warnings }
}

function followRef(contents: ReadonlyMap<string, RefContent>, start: RefContent): Oid | null {
  let content: RefContent = start
  for (let step = 0; step <= LONGEST_DETOUR; step += 1) {
    if (content === null) return null
    if ('oid' in content) return content.oid
    content = contents.get(content.ref) ?? null
  }
  return null
}

function requireObject(path: string, objects: ObjectSource, ref: string, oid: Oid): void {
  if (objects.has(oid)) return
  fail('repository-unreadable', { path, reason: `${ref} leads to ${oid}, which is missing` })
}
