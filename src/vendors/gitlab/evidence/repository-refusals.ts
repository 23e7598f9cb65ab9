import { documentation, inferred, outcome, type RefusalRule, refusal, source } from '../../evidence.ts'

const TAG_CHECK = 'lib/gitlab/checks/tag_check.rb'
const NEW_BRANCH = 'app/services/branches/create_service.rb'
const PRINTED = documentation('Tags API, Create a new tag: 405 for a refused creation')

/** What is refused of tags, branches, commits and files. */
export const repositoryRefusals = {
  'tag-named-like-default-branch': refusal(
    [400, 405],
    'A tag may not have the name of the default branch; the printed page has 405.',
    source(TAG_CHECK),
    PRINTED,
  ),
  'tag-name-prohibited': refusal(
    [400, 405],
    'A tag may not be called refs/tags/ and something; the printed page has 405.',
    source(TAG_CHECK),
    PRINTED,
  ),
  'tag-name-like-sha': refusal(
    [400, 405],
    'A tag may not begin with 40 hexadecimal digits; the printed page has 405.',
    source(TAG_CHECK, { since: '16' }),
    PRINTED,
  ),
  'signature-missing': outcome(
    404,
    'A tag that is lightweight or not signed has no signature; the printed page has other words for it.',
    source('lib/api/tags.rb', { since: '15.7' }),
    source('spec/requests/api/tags_spec.rb'),
    documentation('Tags API, Get X.509 signature of a tag'),
  ),
  'branch-name-invalid': outcome(
    400,
    'A branch has to have a name that git and Gitlab::GitRefValidator allow.',
    source('app/services/branches/validate_new_service.rb'),
  ),
  'branch-exists': outcome(
    400,
    'A branch of that name exists already.',
    source('app/services/branches/validate_new_service.rb'),
  ),
  'branch-ref-unknown': outcome(
    400,
    'A branch has to start at something that resolves to a commit; servers before 15 say it in other words.',
    source(NEW_BRANCH),
    inferred('later servers: that the words changed with 15', { since: '15' }),
  ),
  'branch-name-clash': outcome(
    400,
    'A branch cannot lie below another one, or above it; servers before 15 take that for a bad start.',
    source(NEW_BRANCH),
    inferred('later servers: that the words changed with 15', { since: '15' }),
  ),
  'branch-name-like-sha': outcome(
    400,
    'A branch may not begin with 40 hexadecimal digits.',
    source('lib/gitlab/checks/branch_check.rb'),
  ),
  'default-branch-undeletable': outcome(
    400,
    'The default branch cannot be deleted.',
    source('lib/gitlab/checks/branch_check.rb'),
    source('spec/lib/gitlab/checks/branch_check_spec.rb'),
  ),
  'revision-like-option': outcome(
    400,
    'A ref_name that begins with a dash is refused, since git would take it for an option.',
    source('lib/api/commits.rb'),
    source('spec/requests/api/commits_spec.rb'),
  ),
  'commit-not-found': outcome(
    404,
    'No commit has that id, branch or tag.',
    source('lib/api/commits.rb'),
    source('lib/api/files.rb'),
  ),
  'file-not-found': outcome(404, 'The commit has no file at that path.', source('lib/api/files.rb')),
  'tree-not-found': outcome(
    404,
    'The ref of a tree does not lead to a commit.',
    source('lib/api/repositories.rb'),
    source('spec/requests/api/repositories_spec.rb'),
  ),
  'path-not-found': outcome(
    404,
    'The commit has no folder at that path; servers of 14 and before give an empty list.',
    source('spec/requests/api/repositories_spec.rb'),
    inferred('from which version on', { since: '15' }),
  ),
  'compare-ref-unknown': outcome(
    404,
    'One of the two sides of a comparison does not lead to a commit.',
    source('lib/api/repositories.rb'),
  ),
} as const satisfies Record<string, RefusalRule>
