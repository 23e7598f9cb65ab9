import { encodeCommit } from '../../../src/git/commit-codec.ts'
import type { Oid } from '../../../src/git/model.ts'
import { Repository } from '../../../src/git/repository.ts'
import { encodeTree } from '../../../src/git/tree-codec.ts'

const person = { name: 'Ada Admin', email: 'ada@example.test', time: 0, offset: 0 }

/** Writes a commit of some files, its tree included. Folders are given as objects. */
export function writeCommit(
  repository: Repository,
  { time, parents = [], files = {} }: { time: number; parents?: readonly Oid[]; files?: Files },
): Oid {
  const who = { ...person, time }
  const tree = writeTree(repository, files)
  const data = encodeCommit({
    tree,
    parents,
    author: who,
    committer: who,
    message: `At ${time}\n`,
    signature: null,
  })
  return repository.objects.write('commit', data)
}

export interface Files {
  readonly [name: string]: string | Files
}

export function writeTree(repository: Repository, files: Files): Oid {
  const entries = Object.entries(files).map(([name, content]) => {
    if (typeof content !== 'string') return { mode: '40000', name, oid: writeTree(repository, content) }
    return { mode: '100644', name, oid: repository.objects.write('blob', Buffer.from(content)) }
  })
  return repository.objects.write('tree', encodeTree(entries))
}

/** Writes a tag object, and a tag that holds it. */
export function writeTag(repository: Repository, name: string, target: Oid): Oid {
  const oid = repository.createTagObject({ name, target, tagger: person, message: `Release ${name}\n` })
  repository.update([{ ref: `refs/tags/${name}`, after: oid }])
  return oid
}

/** A repository of three commits, tags of every kind and a note. */
export function sampleRepository(): { repository: Repository; commits: Oid[]; tag: Oid; nested: Oid } {
  const repository = Repository.create('main')
  const commits: Oid[] = []
  for (let i = 1; i <= 3; i += 1) {
    const parents = commits.slice(-1)
    commits.push(
      writeCommit(repository, { time: i, parents, files: { 'a.txt': `${i}\n`, sub: { 'b.txt': 'same\n' } } }),
    )
  }
  const [first, , last] = commits as [Oid, Oid, Oid]
  repository.update([
    { ref: 'refs/heads/main', after: last },
    { ref: 'refs/tags/light', after: first },
    { ref: 'refs/notes/commits', after: first },
  ])
  const tag = writeTag(repository, 'v1', first)
  return { repository, commits, tag, nested: writeTag(repository, 'v1-again', tag) }
}
