import { inferred, outcome, type RefusalRule, source } from '../../evidence.ts'

const HOOKS = 'lib/api/helpers/web_hooks_helpers.rb'
const HOOK_TEST = 'app/services/test_hooks/project_service.rb'

/** What is refused of protected tags, hooks, groups and users. */
export const projectRefusals = {
  'protected-tag-name-blank': outcome(
    422,
    'A protected tag needs a name; the answer is a list of what is wrong.',
    source('lib/api/protected_tags.rb'),
    inferred('the presence validation of app/models/concerns/protected_ref.rb, in the words of Rails'),
  ),
  'hook-not-found': outcome(404, 'The project has no hook of that id.', source(HOOKS)),
  'hook-change-empty': outcome(400, 'A change of a hook has to change something.', source(HOOKS)),
  'hook-url-invalid': outcome(
    422,
    'The address of a hook has to be an HTTP one with a host that Ruby can parse.',
    source(HOOKS),
    inferred('Gitlab::HTTP_V2::UrlBlocker: which addresses are meant; private ones are let through here'),
  ),
  'hook-test-data-missing': outcome(
    422,
    'A test needs something that the project has: a commit, an issue, a merge request.',
    source(HOOK_TEST),
  ),
  'hook-test-unavailable': outcome(
    422,
    'Some triggers have no test, or none that anything here could be a sample of.',
    source('app/services/test_hooks/base_service.rb'),
    inferred('which triggers: those of things that do not exist here'),
  ),
  'hook-template-unparsable': outcome(
    422,
    'The custom template of the hook does not give JSON; a server adds what its parser said.',
    source('app/services/web_hook_service.rb'),
  ),
  'hook-test-failed': outcome(
    422,
    'The receiver of the test did not answer with 2xx; its answer, or the error, is the message.',
    source('lib/api/hooks/trigger_test.rb', { since: '16.11' }),
  ),
  'group-not-found': outcome(
    404,
    'There is no group of that id or path that the caller may see.',
    source('lib/api/helpers.rb, find_group!'),
  ),
  'user-not-found': outcome(404, 'There is no user of that id or name.', source('lib/api/users.rb')),
  'user-list-anonymous': outcome(
    403,
    'Without a credential only a single username may be looked up.',
    source('lib/api/users.rb'),
  ),
  'user-anonymous': outcome(403, 'Without a credential no user is shown.', source('lib/api/users.rb')),
} as const satisfies Record<string, RefusalRule>
