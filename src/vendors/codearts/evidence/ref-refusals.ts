import { documentation, inferred, type RefusalRule } from '../../evidence.ts'
import { pages, SIBLING } from './sources.ts'

/** The page of the call lists 201, 401, 403 and 404 only. */
const ANCESTRY = inferred(
  `400: GitLab, from which the engine descends, and ${SIBLING}; 409 would be another guess`,
)
const GRANTS = inferred('the ids that a rule names have to exist')

/** What tags, branches and protected tags are refused for by this vendor's own rules. */
export const refRefusals = {
  'tag-exists': { status: 400, rule: 'a tag is made once and never moved', evidence: [ANCESTRY] },
  'tag-named-like-branch': {
    status: 400,
    rule: 'a new tag has the name of no branch',
    evidence: [inferred(`${pages.tagNames}; that the API asks what the console asks`), ANCESTRY],
  },
  'branch-exists': { status: 400, rule: 'a branch is made once', evidence: [ANCESTRY] },
  'branch-named-like-tag': {
    status: 400,
    rule: 'a new branch has the name of no tag',
    evidence: [inferred('the rule of the console for tags'), ANCESTRY],
  },
  'ref-unknown': {
    status: 400,
    rule: 'a new tag or branch needs a branch, a tag, or a commit of seven digits or more',
    evidence: [
      inferred(`${pages.api}, create a tag: a branch name or commit ID; tags and abbreviated ids, too`),
      ANCESTRY,
    ],
  },
  'name-pattern-missed': {
    status: 400,
    rule: "a new name matches the pattern of the repository's general policy as a whole",
    evidence: [inferred('the names of the settings tag_name_regex and branch_name_regex')],
  },
  'default-branch-kept': {
    status: 400,
    rule: 'the default branch cannot be deleted',
    evidence: [ANCESTRY],
  },
  'rule-without-tag': {
    status: 400,
    rule: 'each name of a new protected tag of v4 fits a tag that exists',
    evidence: [documentation(pages.protectedTags)],
  },
  'rule-actions-wrong': {
    status: 400,
    rule: 'a protected tag has its one action, create, once',
    evidence: [inferred(`${pages.api}, protected tags: the one action of a repository`)],
  },
  'rule-user-unknown': { status: 400, rule: 'a rule names users who exist', evidence: [GRANTS] },
  'rule-team-unknown': { status: 400, rule: 'a rule names teams that exist', evidence: [GRANTS] },
  'rule-role-unknown': { status: 400, rule: 'a rule names roles that exist', evidence: [GRANTS] },
} satisfies Record<string, RefusalRule>
