import { fail } from '../failure.ts'
import { copyObjects } from '../git/object-copy.ts'
import { type Rebased, rebase } from '../git/rebase.ts'
import type { RefChange } from './model.ts'
import type { Project } from './project.ts'
import type { PullRequest } from './pull-request.ts'
import { seePullRequest } from './pull-request-view.ts'
import type { Author } from './tags.ts'

/** What came of rebasing a pull request; only `rebased` has moved its source. */
export type RebasedPullRequest =
  | { readonly kind: 'rebased'; readonly change: RefChange }
  | Exclude<Rebased, { readonly kind: 'rebased' }>

/**
 * Replays the commits of an open pull request on top of its target and moves its source branch to the last of them. The author
 * of this is the committer, now. Its version stays. Throws `ref-missing` when either branch is gone.
 */
export async function rebasePullRequest(
  project: Project,
  request: PullRequest,
  { user, vendor }: Author,
): Promise<RebasedPullRequest> {
  const { source } = await seePullRequest(project, request)
  const { repository } = source.project
  // From here on nothing waits: the refs stay where they are until the source has moved.
  const before = repository.ref(source.ref) ?? missing(source.ref)
  const onto = project.repository.ref(request.target.ref) ?? missing(request.target.ref)
  if (source.project !== project) copyObjects(project.repository.objects, repository.objects, onto)
  const time = Math.floor(project.forge.clock.now() / 1000)
  const committer = { name: user.name, email: user.email, time, offset: 0 }
  const rebased = rebase(repository, { onto, source: before, committer })
  if (rebased.kind !== 'rebased') return rebased
  const update = { ref: source.ref, before, after: rebased.tip }
  const [change] = source.project.moveRefs([update], { actor: user, via: 'api', vendor })
  return change ? { kind: 'rebased', change } : { kind: 'current' }
}

function missing(ref: string): never {
  return fail('ref-missing', { ref, name: ref.replace(/^refs\/[^/]*\//, '') })
}
