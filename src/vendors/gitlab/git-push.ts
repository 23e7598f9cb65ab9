import { roleOf } from '../../forge/access.ts'
import { reaches } from '../../forge/roles.ts'
import { forbiddingRule, matchingRules } from '../../forge/tag-rules.ts'
import type { Push, PushedChange, PushPolicy } from '../git-face.ts'
import { RULES } from './tag-view.ts'

/** lib/gitlab/checks/tag_check.rb and branch_check.rb, ERROR_MESSAGES */
const REFUSED = {
  create: 'You are not allowed to create this tag as it is protected.',
  update: 'Protected tags cannot be updated.',
  delete:
    'You are not allowed to delete protected tags from this project. Only a project maintainer or owner can delete a protected tag.',
  deleteByGit: 'You can only delete protected tags using the web interface.',
  sameAsBranch: 'You cannot use default branch name to create a tag',
  reserved: 'You cannot create a tag with a prohibited pattern.',
  defaultBranch: 'The default branch of a project cannot be deleted.',
} as const

/** GitLab's checks run in the pre-receive hook, so one ref that is refused stops the whole push. */
export const gitlabPushes: PushPolicy = {
  judge(push) {
    const reason = firstOf(push.changes, (change) => reasonAgainst(push, change))
    if (reason === null) return { refused: new Map(), messages: [] }
    const refused = new Map(push.changes.map(({ ref }) => [ref, 'pre-receive hook declined']))
    return { refused, messages: [`GitLab: ${reason}`] }
  },
}

function reasonAgainst(push: Push, change: PushedChange): string | null {
  const { ref, after } = change
  if (ref.startsWith('refs/tags/')) return reasonAgainstTag(push, change, ref.slice('refs/tags/'.length))
  const isDefault = ref === `refs/heads/${push.project.defaultBranch}`
  return isDefault && after === null ? REFUSED.defaultBranch : null
}

function reasonAgainstTag(
  { project, identity }: Push,
  { before, after }: PushedChange,
  name: string,
): string | null {
  if (matchingRules(project.tagRules, name, RULES).length > 0) {
    const role = roleOf(identity, project.spec)
    if (before !== null && after !== null) return REFUSED.update
    if (after === null) return reaches(role, 'maintainer') ? REFUSED.deleteByGit : REFUSED.delete
    const isForbidden = forbiddingRule(project.tagRules, name, role, RULES, identity.user) !== null
    if (isForbidden && !identity.user?.admin) return REFUSED.create
  }
  if (before !== null || after === null) return null
  if (name === project.defaultBranch) return REFUSED.sameAsBranch
  return name.startsWith('refs/tags/') ? REFUSED.reserved : null
}

function firstOf<Item>(items: readonly Item[], find: (item: Item) => string | null): string | null {
  for (const item of items) {
    const found = find(item)
    if (found !== null) return found
  }
  return null
}
