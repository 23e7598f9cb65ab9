import type { Headers, JsonSchema, VendorDescription } from '../description.ts'
import { errorSchemas, schemaNames } from './schema-names.ts'

const text: JsonSchema = { type: 'string' }

const GENERAL: Headers = {
  'X-Request-Id': { description: 'Names the request.', schema: text, required: true },
}

const TOTAL: Headers = {
  'X-Total': {
    description: 'How many there are on all pages.',
    schema: { type: 'integer', minimum: 0, examples: [3] },
    required: true,
  },
}

const COUNTED = new Set([
  'listTags',
  'getTag',
  'listProtectedTags',
  'listRefs',
  'listCommitRefs',
  'listBranches',
  'listProjectRepositories',
  'listOwnRepositories',
  'listHooks',
])

/** CodeArts Repo, for its OpenAPI document. */
export const description: VendorDescription = {
  about:
    'Three generations of the API beside one another: `/v4`, and the deprecated `/v2` and `/v1`, whose bodies are put into ' +
    'envelopes. `/v3` is IAM, where tokens come from. `X-Language: zh-cn` has some errors in Chinese.',
  documentation: 'https://support.huaweicloud.com/intl/en-us/api-codeartsrepo/',
  bases: [''],
  securitySchemes: {
    token: { type: 'apiKey', in: 'header', name: 'X-Auth-Token', description: 'A token of IAM.' },
    signature: {
      type: 'apiKey',
      in: 'header',
      name: 'Authorization',
      description:
        'An AK/SK signature: `SDK-HMAC-SHA256 Access=…, SignedHeaders=…, Signature=…`, with the time in `X-Sdk-Date`.',
    },
  },
  security: [{ token: [] }, { signature: [] }],
  open: ['createToken'],
  bodies: { types: ['application/json'], mayBeQuery: false },
  isLenient: false,
  alsoReads: () => ({}),
  meanings: {
    repository_id: 'The number of the repository.',
    project_id: 'The id of the project that repositories belong to.',
    tag_name: 'The name of a tag, slashes included.',
    branch_name: 'The name of a branch, slashes included.',
    sha: 'A commit by its id, branch or tag.',
    name: 'The name of the rule: a tag, or a pattern with `*`.',
    offset: 'Where the page begins, counted from 0.',
    limit: 'Entries that a page has.',
    search: 'Part of the name.',
  },
  wildcards: {},
  headersAt: () => GENERAL,
  headersOf: (operation) => {
    if (operation === 'createToken')
      return { 'X-Subject-Token': { description: 'The token.', schema: text, required: true } }
    return COUNTED.has(operation) ? TOTAL : {}
  },
  typesOf: () => ['application/json'],
  answers: {},
  answersTo: () => ({}),
  errorsAt: (path) => {
    if (path.startsWith('/v4')) return { 'application/json': { $ref: '#/components/schemas/Error' } }
    const own = path.startsWith('/v3') ? 'IamError' : 'EnvelopedError'
    // The gateway in front has the same words for all generations.
    const either = [own, 'Error'].map((name) => ({ $ref: `#/components/schemas/${name}` }))
    return { 'application/json': { anyOf: either } }
  },
  errorSchemas,
  schemas: schemaNames,
  variants: {},
  unlisted: [],
}
