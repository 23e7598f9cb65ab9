import { fail } from '../failure.ts'
import { encodeCommit } from './commit-codec.ts'
import { type FileMap, mergeFiles, putFile, readFileMap, removePath, writeFolders } from './file-map.ts'
import { mergeBases } from './history.ts'
import type { Oid, Signature } from './model.ts'
import type { ObjectStore } from './object-store.ts'
import { Repository } from './repository.ts'
import { resolveRevision } from './revision.ts'
import { tidyIdentity } from './signature.ts'
import { encodeTree } from './tree-codec.ts'

/** A commit to be, its parents named by their labels. */
export interface SeedCommit {
  readonly label: string
  readonly branch: string
  /** Labels; absent: the tip of the branch so far, nothing when it has none. */
  readonly parents?: readonly string[]
  /** Stored as it is, byte for byte: git would see to a newline at its end. */
  readonly message: string
  readonly author: Signature
  readonly committer: Signature
  /** Changes to the first parent's tree, by path; null removes a file or a whole folder. */
  readonly files?: Readonly<Record<string, string | SeedFile | null>>
}

export interface SeedFile {
  /** Of a symbolic link: the path it leads to. */
  readonly content: string | Buffer
  readonly executable?: boolean
  readonly symlink?: boolean
}

/** A tag to be; with a message an annotated one. */
export interface SeedTag {
  readonly name: string
  /** A commit's label or the name of a tag declared earlier, perhaps with what a revision may end in: `^{tree}`, `:path`. */
  readonly target: string
  /** Stored with a newline at its end, as `git tag -m` does. */
  readonly message?: string
  readonly tagger?: Signature
}

export interface Seed {
  readonly defaultBranch: string
  /** Parents before children. */
  readonly commits: readonly SeedCommit[]
  /** Labels by branch names; for other branches the last commit made on it counts. */
  readonly branches: Readonly<Record<string, string>>
  readonly tags: readonly SeedTag[]
}

/**
 * Builds a repository from a description of its history. The ids are those that git computes for the same content.
 *
 * A merge gets the tree of a clean merge: its first parent's files, and whatever the other parents alone have changed
 * since the best common ancestor. A file that both sides changed stays as the first parent has it. `files` comes on top.
 *
 * Names and addresses lose the punctuation at their ends that git drops, too. Paths are not checked: that is for whoever
 * reads the description.
 *
 * @throws ForgeError `revision-unknown` for a label or target that does not exist; and what `Repository.update` throws
 */
export function seedRepository(seed: Seed): Repository {
  const repository = Repository.create(seed.defaultBranch)
  const labels = new Map<string, Oid>()
  const tips = new Map<string, Oid>()
  for (const commit of seed.commits) {
    const parents = findParents(commit, labels, tips)
    const oid = plantCommit(repository, commit, parents)
    labels.set(commit.label, oid)
    tips.set(commit.branch, oid)
  }
  for (const [branch, label] of Object.entries(seed.branches)) tips.set(branch, findLabel(label, labels))
  repository.update(
    [...tips].map(([branch, after]) => ({ ref: `refs/heads/${branch}`, before: null, after })),
  )
  const tags = new Map<string, Oid>()
  for (const tag of seed.tags) {
    const target = findTarget(repository, tag.target, labels, tags)
    tags.set(tag.name, tag.message === undefined ? target : plantTagObject(repository, tag, target))
  }
  // All at once: a world may have 100,000 of them.
  repository.update([...tags].map(([name, after]) => ({ ref: `refs/tags/${name}`, before: null, after })))
  return repository
}

function plantCommit(repository: Repository, seed: SeedCommit, parents: readonly Oid[]): Oid {
  const { objects } = repository
  const files = startFiles(repository, parents)
  const changes = Object.entries(seed.files ?? {})
  // All removals come first, so that a folder can make way for a file whatever the order of the keys.
  for (const [path, change] of changes) if (change === null) removePath(files, path)
  for (const [path, change] of changes) {
    if (change !== null)
      plantFile(objects, files, path, typeof change === 'string' ? { content: change } : change)
  }
  const tree = writeFolders(files, (entries) => objects.write('tree', encodeTree(entries)))
  const { message } = seed
  const [author, committer] = [tidySignature(seed.author), tidySignature(seed.committer)]
  return objects.write('commit', encodeCommit({ tree, parents, author, committer, message, signature: null }))
}

function plantFile(objects: ObjectStore, files: FileMap, path: string, file: SeedFile): void {
  const { content } = file
  const oid = objects.write('blob', typeof content === 'string' ? Buffer.from(content) : content)
  putFile(files, path, { mode: modeOf(file), oid })
}

function modeOf({ executable, symlink }: SeedFile): string {
  if (symlink) return '120000'
  return executable ? '100755' : '100644'
}

/** The files that a commit with these parents has before its own changes. */
function startFiles(repository: Repository, [first, ...others]: readonly Oid[]): FileMap {
  if (first === undefined) return new Map()
  const files = readFileMap(repository, repository.objects.commit(first).tree)
  for (const other of others) {
    const base = mergeBases(repository, first, other)[0]
    const baseTree = base === undefined ? null : repository.objects.commit(base).tree
    mergeFiles(repository, files, baseTree, repository.objects.commit(other).tree)
  }
  return files
}

function plantTagObject(repository: Repository, tag: SeedTag, target: Oid): Oid {
  const { name, message = '', tagger = NOBODY } = tag
  const text = message === '' || message.endsWith('\n') ? message : `${message}\n`
  return repository.createTagObject({ name, target, tagger, message: text })
}

const NOBODY: Signature = { name: 'Nobody', email: 'nobody@example.test', time: 0, offset: 0 }

function findParents(
  { branch, parents }: SeedCommit,
  labels: ReadonlyMap<string, Oid>,
  tips: ReadonlyMap<string, Oid>,
): Oid[] {
  if (parents) return parents.map((label) => findLabel(label, labels))
  const tip = tips.get(branch)
  return tip === undefined ? [] : [tip]
}

function findLabel(label: string, labels: ReadonlyMap<string, Oid>): Oid {
  return labels.get(label) ?? fail('revision-unknown', { revision: label, ambiguous: false })
}

function findTarget(
  repository: Repository,
  target: string,
  labels: ReadonlyMap<string, Oid>,
  tags: ReadonlyMap<string, Oid>,
): Oid {
  const suffix = target.search(/[~^:]/)
  const end = suffix < 0 || labels.has(target) ? target.length : suffix
  const name = target.slice(0, end)
  const start = labels.get(name) ?? tags.get(name)
  if (start === undefined) return fail('revision-unknown', { revision: target, ambiguous: false })
  return end === target.length ? start : resolveRevision(repository, start + target.slice(end))
}

function tidySignature({ name, email, time, offset }: Signature): Signature {
  return { name: tidyIdentity(name), email: tidyIdentity(email), time, offset }
}
