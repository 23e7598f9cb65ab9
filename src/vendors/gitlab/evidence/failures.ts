import type { FailureCode } from '../../../failure.ts'
import {
  documentation,
  inferred,
  outcome,
  type RefusalRule,
  recording,
  refusal,
  source,
} from '../../evidence.ts'

const HELPERS = 'lib/api/helpers.rb'
const GUARD = 'lib/api/api_guard.rb'
const NEW_TAG = 'app/services/tags/create_service.rb'
const TAGS_SPEC = source('spec/requests/api/tags_spec.rb')
const PRINTED = documentation('Tags API, Create a new tag: 405 for a refused creation')
const IMPOSSIBLE = inferred(
  'no operation of GitLab’s ends in it; answered as the nearest failure that one does',
)

export const failures: Readonly<Record<FailureCode, RefusalRule>> = {
  'credential-unknown': outcome(
    401,
    'A token that nobody has issued is refused, on public projects too.',
    source('lib/gitlab/auth/auth_finders.rb'),
    recording('packit/ogr’s recorded answers'),
  ),
  'credential-missing': outcome(
    401,
    'Operations about oneself need a credential, and so does acting for somebody else.',
    source(`${HELPERS}, authenticate!`),
  ),
  'token-expired': outcome(401, 'A token that has expired is refused with a challenge.', source(GUARD)),
  'token-revoked': outcome(401, 'A token that was revoked is refused with a challenge.', source(GUARD)),
  'scope-missing': outcome(
    403,
    'A token without any of the scopes that the endpoint knows is refused, and told those scopes.',
    source(GUARD),
    documentation('Personal access tokens, scopes'),
  ),
  'sudo-refused': outcome(
    403,
    'Only an administrator may act for somebody else.',
    documentation('REST API authentication, Sudo'),
  ),
  'user-missing': outcome(
    404,
    'There is nobody of that name to act for.',
    documentation('REST API authentication, Sudo'),
  ),
  'user-blocked': outcome(
    403,
    'Somebody whose account is blocked may do nothing.',
    source(`${HELPERS} and ${GUARD}, forbidden!`),
    inferred('that the text is the one of Gitlab::Auth::UserAccessDeniedReason'),
  ),
  'owner-missing': outcome(
    404,
    'There is no namespace of that id or path that the caller may see.',
    source(`${HELPERS}, find_namespace!`),
  ),
  'project-missing': outcome(
    404,
    'There is no project of that id or path; a name without a slash is never one.',
    source(`${HELPERS}, find_project!`),
    TAGS_SPEC,
  ),
  'project-hidden': outcome(
    404,
    'A project that the caller may not see is told like one that is not there, whatever the method.',
    source(`${HELPERS}, find_project!`),
    TAGS_SPEC,
  ),
  'project-archived': outcome(
    403,
    'Nothing in an archived project can be changed.',
    inferred('the policies of archived projects (app/policies/project_policy.rb)'),
  ),
  'project-moved': outcome(
    405,
    'A method other than GET does not follow a project to its new path.',
    source(HELPERS),
    documentation('REST API, Redirects'),
  ),
  'feature-hidden': outcome(
    403,
    'Code or releases that the caller may not read are forbidden, whereas the project is there.',
    source('lib/api/tags.rb, authorize_read_code!'),
    TAGS_SPEC,
  ),
  'repository-missing': outcome(
    404,
    'A project without any repository has no tags to list, not even none.',
    source('lib/api/tags.rb, not_found! unless repo_exists?'),
    TAGS_SPEC,
  ),
  'role-too-low': outcome(
    403,
    'The role of the caller is too low, or there is none.',
    source('lib/api/tags.rb, authorize_admin_tag'),
    TAGS_SPEC,
  ),
  'repository-empty': outcome(400, 'Nothing can be tagged in a repository without commits.', IMPOSSIBLE),
  'revision-empty': refusal(
    [400, 405],
    'A tag needs a target; the printed page has 405.',
    source(NEW_TAG),
    PRINTED,
  ),
  'revision-unknown': refusal(
    [400, 405],
    'The target of a tag has to lead to a commit, and the ref update has to succeed; the printed page has 405.',
    source(NEW_TAG),
    TAGS_SPEC,
    PRINTED,
  ),
  'ref-name-invalid': refusal(
    [400, 405],
    'A tag needs a name that git and Gitlab::GitRefValidator allow; the printed page has 405.',
    source(NEW_TAG),
    TAGS_SPEC,
    PRINTED,
  ),
  'ref-exists': refusal(
    [400, 405],
    'A tag of that name exists; it cannot be moved. 400, never the 409 of the service; the printed page has 405.',
    source('lib/api/tags.rb, render_api_error! with 400'),
    TAGS_SPEC,
    PRINTED,
  ),
  'ref-missing': outcome(
    404,
    'There is no tag, or branch, of exactly that name.',
    source('lib/api/tags.rb'),
    TAGS_SPEC,
    recording('packit/ogr’s recorded answers'),
  ),
  'ref-conflict': outcome(
    400,
    'A tag cannot lie below another one; told like a bad target.',
    inferred('Tags::CreateService: every ref update that fails ends as a bad target'),
  ),
  'ref-changed': outcome(
    400,
    'The ref moved meanwhile; told like a bad target.',
    inferred('Tags::CreateService: every ref update that fails ends as a bad target'),
  ),
  'ref-target-invalid': outcome(400, 'A branch may lead to commits only.', IMPOSSIBLE),
  'object-missing': outcome(404, 'There is no such commit.', source('lib/api/commits.rb')),
  'object-corrupt': outcome(
    500,
    'An object of the repository cannot be read.',
    inferred('the answer of lib/api/api.rb to any exception that nothing rescues'),
  ),
  'repository-unreadable': outcome(
    503,
    'The repository cannot be read, as when Gitaly is down.',
    source('lib/api/tags.rb, service_unavailable!'),
    TAGS_SPEC,
  ),
  'tag-protected': refusal(
    [400, 403, 405],
    'A protected name: 400 where tags are made, 403 where releases are; the printed page of tags has 405.',
    source('lib/gitlab/checks/tag_check.rb'),
    source('app/services/releases/create_service.rb: 403'),
    source('app/policies/release_policy.rb: 403'),
    PRINTED,
  ),
  'rule-missing': outcome(
    404,
    'No protected tag is stored under exactly that name; found is written with a small f.',
    source('lib/api/protected_tags.rb and lib/api/helpers.rb, rescue of RecordNotFound'),
    source('spec/requests/api/protected_tags_spec.rb'),
  ),
  'rule-exists': outcome(
    422,
    'A name can be protected once; the answer is a list of what is wrong.',
    source('lib/api/protected_tags.rb'),
    source('spec/requests/api/protected_tags_spec.rb'),
  ),
  'release-missing': outcome(
    404,
    'The tag has no release.',
    source('lib/api/releases.rb', { since: '15' }),
    source('lib/api/release/links.rb, find_by_tag!'),
  ),
  'release-exists': outcome(
    409,
    'The tag has a release already.',
    source('app/services/releases/create_service.rb'),
    source('spec/requests/api/releases_spec.rb'),
  ),
}
