import type { Branch, Commit, Signature, User } from '../../forge/model.ts'
import type * as branches from './branch-schemas.ts'
import type * as schemas from './commit-schemas.ts'
import { presentUser, type Scene } from './present.ts'

/** A scene with the people by whose e-mail addresses authors are recognised. */
export interface PeopledScene extends Scene {
  readonly users: readonly User[]
}

const DISPLAYED_DIGITS = 11

/** As in lists: of its parents only the ids. */
export function presentCommit(commit: Commit, scene: PeopledScene): schemas.Commit {
  return { ...presentFacts(commit, scene), parents: commit.parents.map(presentMinimalCommit) }
}

/** As the resource of one commit shows it. */
export function presentCommitWithParents(
  commit: Commit,
  parents: readonly Commit[],
  scene: PeopledScene,
): schemas.CommitWithParents {
  return { ...presentFacts(commit, scene), parents: parents.map((parent) => presentCommit(parent, scene)) }
}

export function presentMinimalCommit(id: string): schemas.MinimalCommit {
  return { id, displayId: id.slice(0, DISPLAYED_DIGITS) }
}

/** A branch by its short name alone, whether or not it exists. */
export function presentMinimalBranch(name: string): branches.MinimalRef {
  return { id: `refs/heads/${name}`, displayId: name, type: 'BRANCH' }
}

export function presentBranch({ name, commit }: Branch, isDefault: boolean): branches.Branch {
  return {
    ...presentMinimalBranch(name),
    latestCommit: commit.oid,
    latestChangeset: commit.oid,
    isDefault,
  }
}

function presentFacts(commit: Commit, scene: PeopledScene): Omit<schemas.Commit, 'parents'> {
  return {
    ...presentMinimalCommit(commit.oid),
    author: presentPerson(commit.author, scene),
    authorTimestamp: commit.author.time * 1000,
    committer: presentPerson(commit.committer, scene),
    committerTimestamp: commit.committer.time * 1000,
    message: commit.message.replace(/\n+$/, ''),
  }
}

function presentPerson({ name, email }: Signature, scene: PeopledScene): schemas.Person {
  const user = scene.users.find((candidate) => candidate.email.toLowerCase() === email.toLowerCase())
  return user ? presentUser(user, scene) : { name, emailAddress: email }
}
