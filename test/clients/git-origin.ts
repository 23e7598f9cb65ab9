import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { git, temporaryFolder } from '../git-binary.ts'

const DAY = 86_400
const START = 1_700_000_000

/** A bare repository of the real git, with a history of some length and refs of every kind. */
export interface GitOrigin {
  readonly path: string
  remove(): void
}

/**
 * A commit a day on `main`, every tenth of them a merge of `side/<n>`; tags light (`light/<n>`) and annotated (`v<n>`) with
 * that many commits between them, one of a tag, of a tree and of a blob; a note and a ref of no known kind.
 */
export function createOrigin(commits: number, tagEvery = { light: 5, annotated: 7 }): GitOrigin {
  const folder = temporaryFolder()
  const path = join(folder.path, 'origin.git')
  git(folder.path, ['init', '--quiet', '--bare', '--initial-branch=main', path])
  git(path, ['fast-import', '--quiet'], { input: Buffer.from([...stream(commits, tagEvery)].join('')) })
  const tip = git(path, ['rev-parse', 'main']).trim()
  git(path, [
    'tag',
    '-a',
    '-m',
    'A tag of a tag',
    'nested',
    git(path, ['rev-parse', `v${tagEvery.annotated}`]).trim(),
  ])
  git(path, ['tag', 'tree', 'main^{tree}'])
  git(path, ['tag', '-a', '-m', 'A tag of a blob', 'blob', 'main:counter.txt'])
  git(path, ['update-ref', 'refs/merge-requests/1/head', tip])
  git(path, ['notes', 'add', '-m', 'A note', 'main'])
  // For the same fetches from git's own server, which the answers are compared with.
  git(path, ['config', 'uploadpack.allowFilter', 'true'])
  git(path, ['config', 'uploadpack.allowAnySHA1InWant', 'true'])
  return { path, remove: folder.remove }
}

function* stream(commits: number, tagEvery: { light: number; annotated: number }): Generator<string> {
  for (let i = 1; i <= commits; i += 1) {
    const when = START + i * DAY
    if (i % 10 === 0) {
      yield* commit(
        `refs/heads/side/${i}`,
        1_000_000 + i,
        when - DAY / 2,
        `Side ${i}\n`,
        [`from :${i - 3}`],
        {
          [`side/${i}.txt`]: `side ${i}\n`,
        },
      )
    }
    const parents = [
      ...(i > 1 ? [`from :${i - 1}`] : []),
      ...(i % 10 === 0 ? [`merge :${1_000_000 + i}`] : []),
    ]
    yield* commit('refs/heads/main', i, when, `Commit ${i}\n`, parents, {
      'counter.txt': `${i}\n`,
      [`parts/${i % 7}/part-${i % 13}.txt`]: `part ${i}\n`.repeat(20),
    })
    if (i % tagEvery.light === 0) yield `reset refs/tags/light/${i}\nfrom :${i}\n\n`
    if (i % tagEvery.annotated === 0) yield tag(`v${i}`, i, when)
  }
}

function* commit(
  ref: string,
  mark: number,
  when: number,
  message: string,
  parents: readonly string[],
  files: Readonly<Record<string, string>>,
): Generator<string> {
  yield `commit ${ref}\nmark :${mark}\ncommitter Ada Admin <ada@example.test> ${when} +0000\n${data(message)}`
  yield parents.map((line) => `${line}\n`).join('')
  for (const [name, content] of Object.entries(files)) yield `M 100644 inline ${name}\n${data(content)}`
  yield '\n'
}

function tag(name: string, mark: number, when: number): string {
  return `tag ${name}\nfrom :${mark}\ntagger Ada Admin <ada@example.test> ${when} +0000\n${data(`Release ${name}\n`)}`
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`
}

/** All that a fetch leaves behind: refs, where the history is cut, and the objects that are there. */
export function stateOf(clone: string): { refs: string[]; shallow: string[]; objects: string[] } {
  const file = join(git(clone, ['rev-parse', '--absolute-git-dir']).trim(), 'shallow')
  return {
    refs: lines(git(clone, ['for-each-ref', '--format=%(objectname) %(refname)'])),
    shallow: existsSync(file) ? lines(readFileSync(file, 'utf8')).sort() : [],
    objects: listObjects(clone),
  }
}

/** All objects of a repository with type and size, in the order of their ids. */
export function listObjects(clone: string): string[] {
  return lines(git(clone, ['cat-file', '--batch-all-objects', '--batch-check'])).sort()
}

export function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '')
}
