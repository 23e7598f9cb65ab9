import { roleOf } from '../../forge/access.ts'
import { reaches } from '../../forge/roles.ts'
import { forbiddingRule, matchingRules } from '../../forge/tag-rules.ts'
import type { Push, PushedChange, PushPolicy } from '../git-face.ts'
import { nameRule } from './new-tag.ts'
import type { Profile } from './profiles.ts'
import { RULES } from './tag-view.ts'

/** lib/gitlab/checks/tag_check.rb and branch_check.rb, ERROR_MESSAGES */
const REFUSED = {
  create: 'You are not allowed to create this tag as it is protected.',
  update: 'Protected tags cannot be updated.',
  delete:
    'You are not allowed to delete protected tags from this project. Only a project maintainer or owner can delete a protected tag.',
  deleteByGit: 'You can only delete protected tags using the web interface.',
  sameAsBranch: 'You cannot use default branch name to create a tag',
  badName: 'You cannot create a tag with a prohibited pattern.',
  shaName: 'You cannot create a tag with a SHA-1 or SHA-256 tag name.',
  shaBranch: 'You cannot create a branch with a SHA-1 or SHA-256 branch name.',
  hexBranch: 'You cannot create a branch with a 40-character hexadecimal branch name.',
  defaultBranch: 'The default branch of a project cannot be deleted.',
} as const

const TAGS = 'refs/tags/'
const BRANCHES = 'refs/heads/'
const SHA = /^[0-9a-fA-F]{40}/

/** GitLab's checks run in the pre-receive hook, so one ref that is refused stops the whole push. */
export function gitlabPushes(profile: Profile): PushPolicy {
  return {
    judge(push) {
      const reason = firstOf(push.changes, (change) => reasonAgainst(push, change, profile))
      if (reason === null) return { refused: new Map(), messages: [] }
      const refused = new Map(push.changes.map(({ ref }) => [ref, 'pre-receive hook declined']))
      return { refused, messages: [`GitLab: ${reason}`] }
    },
  }
}

function reasonAgainst(push: Push, change: PushedChange, profile: Profile): string | null {
  const { ref } = change
  if (ref.startsWith(TAGS)) {
    const name = ref.slice(TAGS.length)
    return reasonAgainstName(push, change, name, profile) ?? reasonAgainstProtected(push, change, name)
  }
  return ref.startsWith(BRANCHES) ? reasonAgainstBranch(push, change, profile) : null
}

function reasonAgainstBranch(
  { project }: Push,
  { ref, after }: PushedChange,
  profile: Profile,
): string | null {
  const name = ref.slice(BRANCHES.length)
  if (after === null) return name === project.defaultBranch ? REFUSED.defaultBranch : null
  if (!SHA.test(name)) return null
  return profile.refusesShaNames ? REFUSED.shaBranch : REFUSED.hexBranch
}

function reasonAgainstName(
  { project }: Push,
  { before, after }: PushedChange,
  name: string,
  profile: Profile,
): string | null {
  // What has a bad name already can still be got rid of.
  if (after === null) return null
  if (before === null && name === project.defaultBranch) return REFUSED.sameAsBranch
  if (nameRule(name) !== null || name.startsWith(TAGS)) return REFUSED.badName
  return profile.refusesShaNames && SHA.test(name) ? REFUSED.shaName : null
}

function reasonAgainstProtected(
  { project, identity }: Push,
  { before, after }: PushedChange,
  name: string,
): string | null {
  if (matchingRules(project.tagRules, name, RULES).length === 0) return null
  const role = roleOf(identity, project.spec)
  if (before !== null && after !== null) return REFUSED.update
  if (after === null) return reaches(role, 'maintainer') ? REFUSED.deleteByGit : REFUSED.delete
  const isForbidden = forbiddingRule(project.tagRules, name, role, RULES, identity.user) !== null
  return isForbidden && !identity.user?.admin ? REFUSED.create : null
}

function firstOf<Item>(items: readonly Item[], find: (item: Item) => string | null): string | null {
  for (const item of items) {
    const found = find(item)
    if (found !== null) return found
  }
  return null
}
