/**
 * How a vendor shows its projects to a real `git`. The protocol is the same everywhere and lives in `src/git/wire` and
 * `src/http/git-http.ts`; a vendor only says where its clone URLs are, whom it lets in, and in which words it refuses.
 *
 * To give a vendor git over HTTP: write `src/vendors/<v>/git.ts` with a function `(settings) => GitFace` and name it as
 * `git` in the vendor's index.ts. Nothing is to be registered, and no route of the API is touched: a request is git's when
 * its path ends in `/info/refs`, `/git-upload-pack` or `/git-receive-pack`, lies below `prefix + root` and no route of an
 * API matches it. Of several faces the one with the longest root answers, of equals the one listed first in vendors/index.ts.
 *
 * What happens to each request, in this order; every refusal goes through `answer`:
 *
 * 1. `identify` reads the credential. It throws for a bad one and gives ANONYMOUS for none.
 * 2. `find` looks the project up. Whoever may not see it gets `project-hidden`, as if it were `project-missing`.
 * 3. Reading code (`feature-hidden`), then for pushes `identify`'s scopes (`service` is given for that), the role `writeRole`
 *    (`role-too-low`) and the archive (`project-archived`); at last `repository-missing`.
 * 4. Whatever an anonymous request is refused of these becomes `credential-missing`: git asks for a password only at a
 *    401 with a `WWW-Authenticate: Basic` header, so the strangers' 404 comes only after they have said who they are.
 * 5. The refs of a push are put before `push.judge`.
 */
import type { FastifyRequest } from 'fastify'
import type { Forge } from '../forge/forge.ts'
import type { Identity } from '../forge/identity.ts'
import type { RefChange, Role } from '../forge/model.ts'
import type { Project } from '../forge/project.ts'
import type { ProjectSpec } from '../forge/spec.ts'

export type GitService = 'git-upload-pack' | 'git-receive-pack'

/** An answer that is no git data. */
export interface GitAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** git prints `text/plain` bodies as `remote: …`. */
  readonly body: string
}

/** A push as it is put before a vendor's rules; everything about it that git itself demands has been checked. */
export interface Push {
  readonly project: Project
  readonly identity: Identity
  /** Never empty. `before` is null for a new ref, `after` null for a deletion. */
  readonly changes: readonly PushedChange[]
  /** What `git push --push-option` sent. */
  readonly options: readonly string[]
}

export interface PushedChange extends RefChange {
  /** A branch that would lose commits, or a tag that would be moved. */
  readonly forced: boolean
}

export interface PushVerdict {
  /**
   * The refs that may not move, by full names, each with what `ng <ref> ` is followed by (`pre-receive hook declined`). A
   * vendor whose hooks refuse a push as a whole names all of its refs here.
   */
  readonly refused: ReadonlyMap<string, string>
  /** Lines for the user, shown as `remote: …` whether or not anything is refused. */
  readonly messages: readonly string[]
}

export interface PushPolicy {
  /** Asked once per push, after the objects have been checked and before any ref moves. Pure: it must not move anything. */
  judge(push: Push): PushVerdict
}

/** A vendor's clone URLs and what is behind them. */
export interface GitFace {
  /** What all clone paths of the vendor begin with, without a trailing slash, not counting the prefix: '', '/scm'. */
  readonly root: string
  /** The clone path of a project, below the prefix: `/scm/acme/widgets.git`. */
  clonePath(spec: ProjectSpec): string
  /**
   * Whether a path between `root` and `/info/refs` has the form of a project's address: percent-decoded, without leading
   * slash, without `.git`. It decides whether the request is git's at all, so it must not depend on the world.
   */
  isAddress(address: string): boolean
  /** The project at such an address; undefined when there is none. May throw `project-moved`. */
  find(forge: Forge, address: string): ProjectSpec | undefined
  /** `redirect`: an address without `.git` is sent to the one with it; `serve`: both answer alike. */
  readonly withoutSuffix: 'serve' | 'redirect'
  /** Whose request it is, from `Authorization: Basic` or whatever else the vendor reads; throws for a bad credential. */
  identify(request: FastifyRequest, service: GitService): Identity
  /** The least role that may push at all. Reading is `mayReadCode` of the forge everywhere. */
  readonly writeRole: Role
  /** The answer to a failure: a ForgeError, or anything unexpected. */
  answer(error: Error, request: FastifyRequest): GitAnswer
  /** The text of the 403 for the dumb protocol (`info/refs` without a service), which nobody serves. */
  readonly dumbRefusal: string
  readonly push: PushPolicy
}
