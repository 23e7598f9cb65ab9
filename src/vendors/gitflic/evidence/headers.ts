import { client, documentation, inferred, type Rule, recording, ruleOf } from '../../evidence.ts'

const SECURITY = inferred('the defaults of Spring Security')

export const headers = {
  'security-headers': ruleOf(
    'X-Content-Type-Options: nosniff, X-Frame-Options: DENY, and three headers against caches, on every answer.',
    SECURITY,
  ),
  'content-type': ruleOf(
    'Single objects are application/json without a charset; an empty body has no type.',
    client('clients that ask for json in the type and nothing more'),
    inferred('Spring MVC: the type that a converter writes'),
  ),
  'list-type': ruleOf(
    'Lists are application/hal+json, or application/json where Accept asks for that.',
    inferred('Spring HATEOAS: the types that its converters offer'),
  ),
  'no-paging-headers': ruleOf(
    'Pages are told in the body alone: neither Link nor X-Total, nor an entity tag, nor a Location.',
    documentation('API, Pagination'),
  ),
  'no-challenge': ruleOf(
    '403 for a missing token has no WWW-Authenticate.',
    recording('a bare call of the API host'),
  ),
  'no-request-id': ruleOf(
    'No answer has an id of its request.',
    documentation('API: none is mentioned'),
    client('one client that looks for X-Request-Id where it happens to be'),
  ),
  allow: ruleOf(
    '405 names the methods of the path in Allow, and so does 200 to OPTIONS, with HEAD and OPTIONS.',
    inferred('Spring MVC'),
  ),
} satisfies Record<string, Rule>
