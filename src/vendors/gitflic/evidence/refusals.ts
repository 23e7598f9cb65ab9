import { client, inferred, outcome, type RefusalRule, recording } from '../../evidence.ts'

const SPRING_MVC = inferred('Spring MVC, which GitFlic is built on; its own answers are not documented')
const EMPTY_FIELD = recording('answers of the service to sibling calls: 422 with error.field.empty')

/** Each rule that GitFlic’s own code refuses something by, beside the failures of the forge. */
export const refusals = {
  'url-refused': outcome(
    400,
    'Encoded slashes, dots, backslashes, percent signs, and // or ; in a path are turned away with an empty body, ' +
      'whoever asks.',
    inferred('the defaults of Tomcat and of Spring Security’s StrictHttpFirewall'),
  ),
  'unknown-route': outcome(
    404,
    'A path that no route fits, once the token is found to be good.',
    SPRING_MVC,
    inferred('the order of Spring Security’s filters: the token comes first'),
  ),
  'method-not-allowed': outcome(
    405,
    'A method that the path does not have; Allow names those that it has.',
    recording(
      'gf (josinSbazin/gf): DELETE of a tag or a branch, and PUT of a project, against gitflic.ru in 2026',
    ),
    SPRING_MVC,
  ),
  'media-type-unsupported': outcome(415, 'A body of another type than JSON.', SPRING_MVC),
  'body-unreadable': outcome(
    422,
    'A body that is no JSON object.',
    recording('a list in the place of an object in a sibling call: 422'),
    inferred('that malformed JSON is told in the same way'),
  ),
  'field-invalid': outcome(
    422,
    'A field that is missing, blank, of a wrong type or value; all of them in one answer.',
    EMPTY_FIELD,
    client('clients that read dotted keys out of 422 bodies: error.field.empty'),
    inferred('the envelope, and the words for anything but empty fields'),
  ),
  'body-too-large': outcome(
    413,
    'A body over the limit of this server.',
    inferred('the status of such a body in HTTP; nothing is known of GitFlic’s'),
  ),
  'request-malformed': outcome(
    400,
    'A request that is broken below the level of the application.',
    inferred('what Tomcat answers to such requests'),
  ),
  'tag-look-up-refused': outcome(
    400,
    'With the quirk tagGet400 no tag can be looked up by its name.',
    recording('gitflic-cli: a live run of every call against gitflic.ru in 2026'),
  ),
  'project-exists': outcome(
    422,
    'The owner has a project of that alias.',
    inferred('the answer to other names that are taken; which is a choice, too'),
  ),
  'webhook-not-found': outcome(
    404,
    'The project has no webhook of that identifier.',
    inferred('the documented 404 for data that is not there'),
  ),
} satisfies Record<string, RefusalRule>

export type RefusalName = keyof typeof refusals
