import type { FailureCode } from '../../../failure.ts'
import {
  client,
  documentation,
  inferred,
  outcome,
  type RefusalRule,
  recording,
  refusal,
} from '../../evidence.ts'

const BARE = recording('a bare call of the API host: 403, never 401')
const BAD_TOKEN = client('gf tells a bad token from other 403s by AuthenticationException in the body')
const TOKENS = documentation('API, Access tokens')
const TAG_403 = documentation('API, Tags: 403 and 404')
const NO_DATA = documentation('API, Tags: 404, data not found')
const SPLIT = inferred('the documented 403 and 404: which is when is not said')
const IMPOSSIBLE = inferred(
  'no operation of GitFlic’s ends in it; answered as the nearest failure that one does',
)

export const failures: Readonly<Record<FailureCode, RefusalRule>> = {
  'credential-unknown': outcome(
    403,
    'A token that nobody has issued is refused.',
    BAD_TOKEN,
    client('SantaSpeen/gitflic'),
  ),
  'credential-missing': outcome(
    403,
    'Everything needs a token, public projects and unknown paths too; there is no challenge.',
    BARE,
    documentation('API, Introduction: every method needs authorization'),
    inferred('that another form of credential counts as none'),
  ),
  'token-expired': outcome(
    403,
    'A token that has expired is refused.',
    inferred('the answer to an unknown token'),
  ),
  'token-revoked': outcome(
    403,
    'A token that was revoked is refused.',
    inferred('the answer to an unknown token'),
  ),
  'scope-missing': outcome(
    403,
    'A token without any of the scopes that the call needs is refused.',
    TOKENS,
    inferred('which call needs which of the documented scopes'),
  ),
  'sudo-refused': outcome(403, 'Nobody acts for somebody else.', IMPOSSIBLE),
  'user-missing': outcome(404, 'There is no user of that name.', documentation('API, Users: 404'), SPLIT),
  'user-blocked': outcome(
    403,
    'The owner of a token must not be blocked.',
    TOKENS,
    inferred('that the status is 403'),
  ),
  'owner-missing': outcome(404, 'There is no company, team or user of that alias.', TAG_403, SPLIT),
  'project-missing': outcome(404, 'There is no project of that alias, spelled exactly.', TAG_403, SPLIT),
  'project-hidden': outcome(
    403,
    'A private project is no secret to strangers: they are refused, not told that there is none.',
    TAG_403,
    SPLIT,
  ),
  'project-archived': outcome(
    403,
    'Nothing in an archived project can be changed.',
    inferred('the answer to missing rights; nothing is known of archived projects'),
  ),
  'project-moved': outcome(404, 'A former path is no path.', inferred('nothing that documents redirects')),
  'feature-hidden': outcome(
    403,
    'Guests see a private project, but not its code.',
    documentation('Roles of project members'),
    inferred('that the status is 403'),
  ),
  'repository-missing': outcome(
    404,
    'A project without a repository is none.',
    inferred('404, data not found'),
  ),
  'role-too-low': outcome(
    403,
    'The role of the caller in the project, company or team is too low.',
    TAG_403,
    inferred('which role a call needs, where the page does not say so'),
  ),
  'repository-empty': outcome(404, 'There is nothing to tag in a repository without commits.', IMPOSSIBLE),
  'revision-empty': outcome(404, 'There is nothing to tag without a target.', IMPOSSIBLE),
  'revision-unknown': outcome(
    404,
    'The id of a commit has to have all 40 digits.',
    recording('gf (josinSbazin/gf): a failed live call with an abbreviated id'),
    inferred('that the status is 404'),
  ),
  'ref-name-invalid': outcome(
    422,
    'A tag needs a name that git allows.',
    inferred('JGit’s check of names; the validator of bodies finds it first'),
  ),
  'ref-exists': refusal(
    [422, 409, 400],
    'A tag or branch of that name exists; there is no force. Quirks answer 409 or 400 for tags.',
    inferred('JGit, which refuses both the same and another target; the status is a choice'),
  ),
  'ref-missing': outcome(404, 'There is no tag, or branch, of exactly that name.', NO_DATA),
  'ref-conflict': outcome(
    422,
    'A name cannot lie below another one, or above it.',
    inferred('JGit’s folders of refs; the status is that of a name that is taken'),
  ),
  'ref-changed': refusal(
    [422, 409, 400],
    'Another request was faster; told like a name that is taken.',
    inferred('JGit’s ref update, which compares before it sets'),
  ),
  'ref-target-invalid': outcome(404, 'A branch may lead to commits only.', IMPOSSIBLE),
  'object-missing': outcome(404, 'There is no commit of that id.', NO_DATA),
  'object-corrupt': outcome(500, 'An object of the repository cannot be read.', inferred('Spring Boot: 500')),
  'repository-unreadable': outcome(500, 'The repository cannot be read.', inferred('Spring Boot: 500')),
  'tag-protected': outcome(
    403,
    'A rule of the project keeps the caller from making a tag of that name; the strictest that matches counts.',
    documentation('API, Tags: levels NO_ONE, DEVELOPER, ADMINS'),
    inferred('that the status is 403, and that the strictest counts'),
  ),
  'rule-missing': outcome(
    404,
    'The owner has no rule of that identifier; malformed ones and those of others are the same.',
    documentation('API, Tags, protection: 404'),
    inferred('that malformed identifiers and those of others are the same'),
  ),
  'rule-exists': outcome(
    422,
    'A template can stand once in the rules of an owner.',
    inferred('the documented 422; that templates are unique is a choice'),
  ),
  'release-missing': outcome(
    404,
    'The project has no release of that identifier.',
    inferred('404, data not found'),
  ),
  'release-exists': outcome(
    422,
    'The tag has a release already.',
    inferred('the answer to names that are taken'),
  ),
}
