import fc from 'fast-check'
import { encodeCommit } from '../../src/git/commit-codec.ts'
import { type FileMap, putFile, removePath, writeFolders } from '../../src/git/file-map.ts'
import type { Oid } from '../../src/git/model.ts'
import { Repository } from '../../src/git/repository.ts'
import { encodeTree } from '../../src/git/tree-codec.ts'

/** One change of a commit; numbers choose among the files and lines that are there. */
export type Change =
  | {
      readonly kind: 'edit'
      readonly file: number
      readonly line: number
      readonly remove: number
      readonly insert: string
    }
  | { readonly kind: 'add'; readonly path: number; readonly text: number }
  | { readonly kind: 'delete'; readonly file: number }
  | { readonly kind: 'move'; readonly file: number; readonly path: number }
  | { readonly kind: 'move-folder'; readonly from: number; readonly to: number }
  | { readonly kind: 'chmod'; readonly file: number }
  | { readonly kind: 'link'; readonly path: number; readonly text: number }
  | { readonly kind: 'binary'; readonly path: number; readonly text: number }

export interface CommitPlan {
  readonly changes: readonly Change[]
  readonly message: string
  readonly author: number
  /** Seconds after the commit before. */
  readonly later: number
  /** `merge`: of an earlier commit of the other branch; `copy`: makes the changes of one of its commits. */
  readonly does: 'commit' | 'merge' | 'copy'
  readonly other: number
}

export interface BranchPlan {
  readonly base: readonly Change[]
  readonly main: readonly CommitPlan[]
  readonly side: readonly CommitPlan[]
}

export interface Branches {
  readonly repository: Repository
  readonly main: Oid
  readonly side: Oid
}

const PATHS = [
  'a',
  'b',
  'dir/a',
  'dir/b',
  'dir/sub/c',
  'dir/sub/d',
  'new/a',
  'new/z',
  'other',
  'a/x',
  'dir/sub',
  'lib/k',
  'lib/l',
  'lib/sub/m',
]
const FOLDERS = ['dir', 'new', 'lib', 'dir/sub', 'lib/sub', 'moved', 'moved/deep']
const MESSAGES = [
  'Change\n',
  'No newline',
  'Two\n\nlines\n',
  '\n \n\nBlank first\n',
  'Trailing  \n\n\n',
  '',
  '# hash\n',
  'é\n',
  '  indented\n',
]
const AUTHORS = [
  'Ada Admin <ada@example.test>',
  'J. R. Jr. <jr@example.test>',
  'Zoë <zoe@example.test>',
  ' <>',
]

const n = fc.nat(60)
const insert = fc.oneof(
  fc.constantFrom('', 'x', 'y', 'xy', 'a', '{', '}', '\n', 'aa'),
  fc.stringMatching(/^[a-f]{0,3}$/),
)
const edit = fc.record({ kind: fc.constant('edit' as const), file: n, line: n, remove: fc.nat(3), insert })
const add = fc.record({ kind: fc.constant('add' as const), path: n, text: n })

const move = fc.record({ kind: fc.constant('move' as const), file: n, path: n })
const moveFolder = fc.record({ kind: fc.constant('move-folder' as const), from: n, to: n })

export const changes: fc.Arbitrary<Change> = fc.oneof(
  { weight: 12, arbitrary: edit },
  { weight: 3, arbitrary: add },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), file: n }) },
  { weight: 2, arbitrary: move },
  { weight: 1, arbitrary: moveFolder },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('chmod' as const), file: n }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('link' as const), path: n, text: n }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('binary' as const), path: n, text: n }) },
)

/** Changes of lines only. */
export const edits: fc.Arbitrary<Change> = edit

/** Files and folders that are moved, and changed as they are. */
export const moves: fc.Arbitrary<Change> = fc.oneof(
  { weight: 3, arbitrary: edit },
  { weight: 3, arbitrary: move },
  { weight: 1, arbitrary: moveFolder },
  { weight: 1, arbitrary: add },
)

function commits(change: fc.Arbitrary<Change>): fc.Arbitrary<CommitPlan[]> {
  const plan = fc.record({
    changes: fc.array(change, { minLength: 0, maxLength: 3 }),
    message: fc.constantFrom(...MESSAGES),
    author: n,
    later: fc.nat(3),
    does: fc.constantFrom(
      'commit' as const,
      'commit' as const,
      'commit' as const,
      'merge' as const,
      'copy' as const,
    ),
    other: n,
  })
  return fc.array(plan, { minLength: 1, maxLength: 4 })
}

/** Two branches from one commit: what a rebase has to do with. */
export function branchPlans(change: fc.Arbitrary<Change> = changes): fc.Arbitrary<BranchPlan> {
  return fc.record({
    base: fc.array(add, { minLength: 3, maxLength: 8 }),
    main: commits(change),
    side: commits(change),
  })
}

export function buildBranches(plan: BranchPlan): Branches {
  return new Builder().build(plan)
}

interface Tip {
  readonly oid: Oid
  readonly files: FileMap
}

class Builder {
  readonly repository = Repository.create('main')
  #date = 1_700_000_000

  build({ base, main, side }: BranchPlan): Branches {
    const files: FileMap = new Map()
    for (const change of base) this.#apply(files, change)
    const root = this.#commit({ files, parents: [], message: 'Base\n', author: 0 })
    const left = this.#branch(root, main, [root], main)
    const right = this.#branch(root, side, left, main)
    return { repository: this.repository, main: left.at(-1)!.oid, side: right.at(-1)!.oid }
  }

  #branch(
    root: Tip,
    plans: readonly CommitPlan[],
    others: readonly Tip[],
    source: readonly CommitPlan[],
  ): Tip[] {
    const tips = [root]
    for (const plan of plans) {
      const tip = tips.at(-1)!
      this.#date += plan.later
      const files: FileMap = new Map(tip.files)
      const other = others[plan.other % others.length]!
      const copied = source[plan.other % source.length]!.changes
      for (const change of plan.does === 'copy' ? copied : plan.changes) this.#apply(files, change)
      const parents = plan.does === 'merge' && other.oid !== tip.oid ? [tip.oid, other.oid] : [tip.oid]
      tips.push(this.#commit({ ...plan, files, parents }))
    }
    return tips
  }

  #commit(plan: { files: FileMap; parents: Oid[]; message: string; author: number }): Tip {
    const { objects } = this.repository
    const tree = writeFolders(plan.files, (entries) => objects.write('tree', encodeTree(entries)))
    const [name = '', email = ''] = (AUTHORS[plan.author % AUTHORS.length] ?? '').split(/ <|>/)
    const author = { name, email, time: this.#date, offset: 120 }
    const committer = { name: 'Carl', email: 'carl@example.test', time: this.#date, offset: 0 }
    const signature =
      plan.author % 5 === 0 ? '-----BEGIN PGP SIGNATURE-----\n\nx\n-----END PGP SIGNATURE-----\n' : null
    const data = encodeCommit({
      tree,
      parents: plan.parents,
      author,
      committer,
      message: plan.message,
      signature,
    })
    return { oid: objects.write('commit', data), files: plan.files }
  }

  #apply(files: FileMap, change: Change): void {
    if (change.kind === 'add') this.#put(files, pathAt(change.path), '100644', sampleText(change.text))
    else if (change.kind === 'link')
      this.#put(files, pathAt(change.path), '120000', `target-${change.text % 3}`)
    else if (change.kind === 'binary') this.#put(files, pathAt(change.path), '100644', `\0${change.text % 5}`)
    else if (change.kind === 'move-folder')
      this.#moveFolder(files, folderAt(change.from), folderAt(change.to))
    else this.#applyToFile(files, change)
  }

  #applyToFile(files: FileMap, change: Extract<Change, { file: number }>): void {
    const paths = [...files.keys()].sort()
    const at = paths[change.file % paths.length]
    const file = at === undefined ? undefined : files.get(at)
    if (at === undefined || file === undefined) return
    if (change.kind === 'delete') files.delete(at)
    if (change.kind === 'chmod' && file.mode.startsWith('100'))
      files.set(at, { ...file, mode: file.mode === '100644' ? '100755' : '100644' })
    if (change.kind === 'move') {
      files.delete(at)
      putFile(files, pathAt(change.path), file)
    }
    if (change.kind === 'edit' && file.mode.startsWith('100')) this.#edit(files, at, change)
  }

  #edit(files: FileMap, path: string, { line, remove, insert }: Extract<Change, { kind: 'edit' }>): void {
    const { mode, oid } = files.get(path)!
    const text = this.repository.objects.read(oid)!.data.toString()
    if (text.startsWith('\0')) return
    const lines = text.split('\n').slice(0, -1)
    lines.splice(line % (lines.length + 1), remove, ...insert.split(''))
    this.#put(files, path, mode, lines.map((each) => `${each}\n`).join(''))
  }

  #moveFolder(files: FileMap, from: string, to: string): void {
    if (`${to}/`.startsWith(`${from}/`) || `${from}/`.startsWith(`${to}/`)) return
    const moved = [...files].filter(([path]) => path.startsWith(`${from}/`))
    if (moved.length === 0) return
    removePath(files, from)
    for (const [path, file] of moved) putFile(files, to + path.slice(from.length), file)
  }

  #put(files: FileMap, path: string, mode: string, text: string): void {
    putFile(files, path, { mode, oid: this.repository.objects.write('blob', Buffer.from(text)) })
  }
}

function pathAt(index: number): string {
  return PATHS[index % PATHS.length]!
}

function folderAt(index: number): string {
  return FOLDERS[index % FOLDERS.length]!
}

/** Texts with lines of their own, with lines that repeat, long ones that look like code, and empty ones. */
function sampleText(index: number): string {
  if (index % 13 === 0) return ''
  const length = index > 40 ? index : 4 + (index % 9)
  const lines = Array.from({ length }, (_, i) => {
    if (index % 3 === 0) return 'abab{}'[(i * index) % 6]!
    return index % 3 === 1 ? `line ${i} of ${index % 7}` : CODE[(i * i + index) % CODE.length]!
  })
  return lines.map((line) => `${line}\n`).join('')
}

const CODE = ['', '{', '}', '', 'return x', '', 'f()', '}', '', 'g()', '{', '', 'x = 1']
