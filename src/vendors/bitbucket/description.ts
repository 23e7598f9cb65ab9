import type { Headers, JsonSchema, VendorDescription } from '../description.ts'
import type { Profile } from './profiles.ts'
import { errorSchemas, schemaNames } from './schema-names.ts'

const text: JsonSchema = { type: 'string' }

const GENERAL: Headers = {
  'X-AREQUESTID': { description: 'Names the request.', schema: text },
  'X-AUSERID': { description: 'The number of whoever asks; absent for nobody.', schema: text },
  'X-AUSERNAME': { description: 'The URL-encoded name of whoever asks; absent for nobody.', schema: text },
  'X-ASESSIONID': { description: 'The session of whoever asks; absent for nobody.', schema: text },
}

/** Bitbucket as a profile has it, for its OpenAPI document. */
export function describeBitbucket(profile: Profile): VendorDescription {
  const { hasSingleTag, hasDefaultBranch, hasWebhooks } = profile
  return {
    about:
      '`/rest/api/latest` is the same as `/rest/api/1.0`, and so for the other APIs below `/rest`; `users/{slug}` is the same ' +
      'as `projects/~{slug}`. Names of refs at the end of a path may hold slashes as they are. Lists go on at `nextPageStart` ' +
      'until `isLastPage`. A right that is missing is 401, never 403.',
    documentation: 'https://developer.atlassian.com/server/bitbucket/rest/',
    bases: [''],
    securitySchemes: {
      basic: { type: 'http', scheme: 'basic', description: 'A user, and a password or HTTP access token.' },
      bearer: { type: 'http', scheme: 'bearer', description: 'An HTTP access token.' },
    },
    security: [{ basic: [] }, { bearer: [] }, {}],
    open: ['getStatus'],
    bodies: { types: ['application/json'], mayBeQuery: false },
    isLenient: true,
    alsoReads: () => ({}),
    meanings: {
      name: 'The name of a tag, short or full; may hold slashes as they are.',
      commitId: 'A commit by its id, branch or tag; may hold slashes as they are.',
      user: 'The slug of a user.',
      id: 'Its number.',
      start: 'Where the page begins, counted from 0.',
      limit: 'Entries that a page has.',
    },
    wildcards: { getTag: 'name', deleteTag: 'name', getCommit: 'commitId' },
    headersAt: (path) => (path.startsWith('/rest/') ? GENERAL : {}),
    headersOf: (operation) =>
      operation === 'createPullRequest'
        ? { Location: { description: 'Its address.', schema: text, required: true } }
        : {},
    typesOf: () => ['application/json'],
    answers: {
      getStatus: {
        200: {
          description: 'It serves.',
          content: {
            'application/json': {
              type: 'object',
              properties: { state: { type: 'string', const: 'RUNNING' } },
              required: ['state'],
            },
          },
        },
      },
    },
    answersTo: (_method, path) =>
      path.includes('/repos/{slug}')
        ? { 307: { description: 'The repository has moved: `Location` says where to.' } }
        : {},
    errorsAt: () => ({
      'application/json': {
        anyOf: [{ $ref: '#/components/schemas/Errors' }, { $ref: '#/components/schemas/StatusDocument' }],
      },
      'application/xml': { $ref: '#/components/schemas/StatusDocument' },
      'text/html': text,
    }),
    errorSchemas,
    schemas: schemaNames,
    variants: {},
    unlisted: [
      ...(hasSingleTag ? [] : ['getTag']),
      ...(hasDefaultBranch ? [] : ['getDefaultBranchOfModel', 'setDefaultBranchOfModel']),
      ...(hasWebhooks ? [] : WEBHOOKS),
    ],
  }
}

const WEBHOOKS = [
  'listWebhooks',
  'createWebhook',
  'getWebhook',
  'updateWebhook',
  'deleteWebhook',
  'testWebhook',
]
