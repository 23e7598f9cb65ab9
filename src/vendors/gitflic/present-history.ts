import type { Branch, Commit } from '../../forge/model.ts'
import { gitDate } from './dates.ts'
import type * as schemas from './history-schemas.ts'
import { shortMessage } from './messages.ts'
import type { Person } from './people.ts'
import { presentPerson } from './present.ts'
import { presentUser } from './present-user.ts'

export interface CommitView {
  readonly commit: Commit
  readonly author: Person
  readonly committer: Person
}

export interface BranchView {
  readonly branch: Branch
  readonly lastCommit: CommitView
  readonly isDefault: boolean
  /** Whether the default branch has all of its commits. */
  readonly isMerged: boolean
}

export function presentCommit(view: CommitView): schemas.Commit {
  return {
    ...presentLastCommit(view),
    verificationResult: null,
    parentCommitIds: [...view.commit.parents],
    parentCommitBranches: [],
  }
}

export function presentBranch({ branch, lastCommit, isDefault, isMerged }: BranchView): schemas.Branch {
  return {
    name: branch.name,
    fullName: `refs/heads/${branch.name}`,
    lastCommit: presentLastCommit(lastCommit),
    default: isDefault,
    merged: isMerged,
    work: isDefault,
  }
}

function presentLastCommit({ commit, author, committer }: CommitView): schemas.LastCommit {
  return {
    hash: commit.oid,
    message: commit.message,
    shortMessage: shortMessage(commit.message),
    createdAt: gitDate(commit.committer.time),
    committerIdent: presentPerson(committer),
    authorIdent: presentPerson(author),
    user: author.user && presentUser(author.user),
  }
}
