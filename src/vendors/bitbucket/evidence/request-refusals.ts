import { client, documentation, inferred, type RefusalRule, recording } from '../../evidence.ts'
import { pages, records } from './sources.ts'

const TOMCAT = 'Tomcat, in which Bitbucket runs, looks at a path before Bitbucket does'
const JERSEY = 'the REST framework answers so where no resource method fits'

/** What is wrong with a request, whatever it asks for. */
export const requestRefusals = {
  'encoded-separator': {
    status: 400,
    rule: 'an encoded slash or backslash in the path is refused with an HTML page',
    evidence: [
      client('Jenkins issue JENKINS-75400: 400 once the slash of a tag is encoded'),
      inferred(`the page: ${TOMCAT}`),
    ],
  },
  'url-malformed': {
    status: 400,
    rule: 'a URL that cannot be decoded is refused with an HTML page',
    evidence: [inferred(TOMCAT)],
  },
  'request-broken': {
    status: 400,
    rule: 'a request that contradicts itself is refused before it is routed to a resource',
    evidence: [inferred(JERSEY)],
  },
  'body-too-large': {
    status: 413,
    rule: 'a body above the limit of the server is refused with a status document',
    evidence: [inferred(JERSEY)],
  },
  'unknown-route': {
    status: 404,
    rule: 'an unknown address is answered with a status document, in XML unless JSON is asked for by name',
    evidence: [
      recording(`${records.registry}: HTTP 404 Not Found, sub-code -1`, { since: '10.2' }),
      inferred('the words of earlier versions: habits of the older REST framework', { until: '9' }),
    ],
  },
  'unknown-in-this-version': {
    status: 404,
    rule: 'a resource that came later is an unknown address to earlier versions',
    evidence: [
      recording(`${records.community}: 404 for a single tag of the core API`, { until: '4.5.2' }),
      client('cdancy/bitbucket-rest, written against 4.6.0, gets a single tag', { since: '4.6.0' }),
      inferred(
        'default-branch since 7.5 and webhooks since 5.4: the documentation of the versions before has no such page',
      ),
    ],
  },
  'method-not-allowed': {
    status: 405,
    rule: 'a known address answers another method with a status document and the methods that it has',
    evidence: [documentation(pages.general), inferred(`the document: as for an unknown address, ${JERSEY}`)],
  },
  'unsupported-media-type': {
    status: 415,
    rule: 'a body that is not declared as JSON is refused with a status document',
    evidence: [documentation(pages.general), inferred(`the document: as for an unknown address, ${JERSEY}`)],
  },
  'not-acceptable': {
    status: 406,
    rule: 'a client that does not take JSON gets an empty answer',
    evidence: [recording(records.registry)],
  },
  'body-missing': {
    status: 400,
    rule: 'an empty body is what the JSON parser cannot map',
    evidence: [inferred('Jackson, whose exceptions come through: JsonMappingException')],
  },
  'json-unreadable': {
    status: 400,
    rule: 'a body that is not JSON is told with the exception of the JSON parser',
    evidence: [inferred('Jackson, whose exceptions come through: JsonParseException')],
  },
  'json-type-wrong': {
    status: 400,
    rule: 'a value of another JSON type than its property has is told with the exception of the JSON mapper',
    evidence: [
      recording(`${records.registry}: JsonMappingException`),
      inferred('the words, which are those of the parser'),
    ],
  },
  'unknown-constant': {
    status: 500,
    rule: 'a type of tag that does not exist is an exception that nobody catches',
    evidence: [
      client(`${records.automation}: type INVALID`),
      inferred('lower-case constants too: constants are looked up by name'),
    ],
  },
  'field-missing': {
    status: 400,
    rule: 'each required field that is absent or null is told with its name as the context',
    evidence: [documentation(pages.general), inferred('the words')],
  },
} satisfies Record<string, RefusalRule>
