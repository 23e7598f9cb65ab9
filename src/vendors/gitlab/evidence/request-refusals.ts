import { inferred, outcome, type RefusalRule, recording, source } from '../../evidence.ts'

/** What is refused whichever operation was meant. */
export const requestRefusals = {
  'unknown-route': outcome(
    404,
    'A path that no route fits, and a method that its route does not have, are an unknown route, never a 405.',
    source('lib/api/api.rb, the catch-all route'),
    recording('python-gitlab issue 332'),
  ),
  'version-retired': outcome(
    410,
    'Everything below /api/v3 is gone, and says so.',
    source('lib/api/api.rb, version v3'),
  ),
  'request-malformed': outcome(
    400,
    'Null bytes, broken UTF-8 and broken percent escapes are refused before any code of the API runs.',
    source('lib/gitlab/middleware/handle_malformed_strings.rb'),
    inferred('the behaviour of Rack and Grape 1.6, measured'),
  ),
  'body-too-large': outcome(
    413,
    'A body over the limit of this server is refused; a real front end may answer in HTML.',
    inferred('file_too_large! of lib/api/helpers.rb; which bodies are too large is the front end’s choice'),
  ),
  'content-type-unsupported': outcome(
    415,
    'A body of a content type that Grape has no parser for is refused.',
    inferred('the behaviour of Grape 1.6, measured'),
  ),
  'json-malformed': outcome(
    400,
    'JSON that does not parse is refused in the words of Grape, line breaks included.',
    inferred('the behaviour of Grape 1.6, measured'),
  ),
  'parameter-invalid': outcome(
    400,
    'Parameters that are missing or do not fit are refused under the key error, all of them in one text.',
    source('lib/api/api.rb, rescue_from Grape::Exceptions::ValidationErrors'),
    inferred('order and words of Grape 1.6, measured'),
  ),
  'precondition-failed': outcome(
    412,
    'DELETE with an If-Unmodified-Since before the last change is refused; equal passes, unparsable is ignored.',
    source('lib/api/helpers.rb, check_unmodified_since!'),
  ),
  'page-token-unknown': outcome(
    422,
    'A page_token that names no ref of the list is refused.',
    source('lib/api/tags.rb, rescue of Gitlab::Git::InvalidPageToken', { since: '14' }),
    source('spec/requests/api/tags_spec.rb'),
  ),
  'keyset-order-unsupported': outcome(
    405,
    'Keyset pages of projects exist by id only.',
    source('lib/api/helpers/pagination_strategies.rb'),
  ),
} as const satisfies Record<string, RefusalRule>
