import { client, documentation, inferred, type Rule, recording, ruleOf, source } from '../../evidence.ts'

const RECORDED = recording('packit/ogr’s recorded answers')
const MEASURED = inferred('Rack and Grape 1.6, measured')

export const headers = {
  'request-id': ruleOf(
    'Every answer has an X-Request-Id of 26 characters; X-Gitlab-Meta repeats it.',
    RECORDED,
    inferred('the form of recorded ids: those of a ULID, made by the front end'),
  ),
  runtime: ruleOf('X-Runtime has seconds with six decimals.', RECORDED),
  'fixed-headers': ruleOf(
    'Vary: Origin, X-Content-Type-Options: nosniff, X-Frame-Options: SAMEORIGIN on every answer.',
    RECORDED,
  ),
  'content-security-policy': ruleOf(
    "Content-Security-Policy is default-src 'none'; it and X-Gitlab-Meta came late, here they are in every profile.",
    RECORDED,
  ),
  'front-end': ruleOf(
    'Referrer-Policy and Strict-Transport-Security are those of the front end.',
    recording('answers of gitlab.com in packit/ogr’s recordings'),
  ),
  'content-type': ruleOf(
    'Content-Type is application/json without a charset; 204 has none.',
    RECORDED,
    client('@gitbeaker/rest, which compares the type letter by letter'),
  ),
  'plain-text': ruleOf('What Rack answers itself, such as a malformed path, is text/plain.', MEASURED),
  'entity-tag': ruleOf(
    'Answers of 200 and 201 have ETag: W/"32 hexadecimal digits" and are private, to be revalidated.',
    RECORDED,
    MEASURED,
  ),
  'no-cache': ruleOf('All other answers have Cache-Control: no-cache and no entity tag.', RECORDED),
  'if-none-match': ruleOf(
    'GET and HEAD with the entity tag in If-None-Match get 304 without a body.',
    documentation('REST API, Status codes'),
    MEASURED,
  ),
  cors: ruleOf(
    'With an Origin: Access-Control-Allow-Origin: *, the methods, the exposed headers, 7200 seconds.',
    inferred('the rack-cors settings of config/application.rb'),
  ),
  allow: ruleOf('OPTIONS is answered with Allow: OPTIONS, then the methods in the order of Grape.', MEASURED),
  'offset-pages': ruleOf(
    'Lists have X-Page, X-Per-Page, X-Total, X-Total-Pages, X-Next-Page, X-Prev-Page; without a value they are empty.',
    source('lib/gitlab/pagination/offset_header_builder.rb'),
    RECORDED,
    documentation('REST API, Offset-based pagination'),
  ),
  'first-page-of-tags': ruleOf(
    'Page 1 of tags echoes per_page, and its X-Total counts all tags; pages are too many by one until 15.',
    source('lib/gitlab/pagination/gitaly_keyset_pager.rb'),
    recording('apricote/releaser-pleaser issue 488', { until: '15' }),
  ),
  'no-totals': ruleOf(
    'From 10,000 rows on, X-Total, X-Total-Pages and the last link are left out; lists of commits never have them.',
    source('lib/gitlab/pagination/offset_pagination.rb'),
    documentation('REST API, Offset-based pagination'),
    source('lib/api/commits.rb, exclude_total_headers'),
  ),
  link: ruleOf(
    'Link has prev, next, first, last in that order, each with all parameters of the request, sorted by name.',
    source('lib/gitlab/pagination/offset_header_builder.rb'),
    RECORDED,
  ),
  'keyset-link': ruleOf(
    'A full keyset page has a next link with its last name as page_token, and nothing else about pages.',
    source('lib/gitlab/pagination/keyset/header_builder.rb'),
    source('spec/requests/api/tags_spec.rb'),
  ),
  challenge: ruleOf(
    'An expired or revoked token is challenged in WWW-Authenticate; an unknown one is not.',
    source('lib/api/api_guard.rb'),
    inferred('rack-oauth2 1.21, measured'),
  ),
  location: ruleOf(
    'A moved project and the latest release have a Location; a creation has none.',
    source('lib/api/helpers.rb, find_project!'),
    source('lib/api/releases.rb'),
  ),
  file: ruleOf(
    'Files have what is known of them in X-Gitlab-File-Name and so on.',
    source('lib/api/helpers/headers_helpers.rb'),
    documentation('Repository files API'),
  ),
} satisfies Record<string, Rule>
