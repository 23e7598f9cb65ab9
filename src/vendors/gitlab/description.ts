import type { Answers, Headers, JsonSchema, VendorDescription } from '../description.ts'
import { errorSchemas, schemaNames } from './schema-names.ts'

const text: JsonSchema = { type: 'string' }
const number: JsonSchema = { type: 'integer' }
const json = (schema: JsonSchema) => ({ 'application/json': schema })
const plain = { 'text/plain': text }

const GENERAL: Headers = {
  'X-Request-Id': { description: 'Names the request.', schema: text, required: true },
  'X-Gitlab-Meta': { description: 'JSON with the same id.', schema: text, required: true },
  'X-Runtime': { description: 'Seconds that it took.', schema: text, required: true },
}

const PAGES: Headers = {
  Link: { description: 'Addresses of other pages: `prev`, `next`, `first`, `last`.', schema: text },
  'X-Page': { description: 'Number of this page.', schema: number },
  'X-Per-Page': { description: 'Rows that a page has.', schema: number },
  'X-Next-Page': { description: 'Number of the next page; empty where there is none.', schema: text },
  'X-Prev-Page': { description: 'Number of the page before; empty where there is none.', schema: text },
  'X-Total': { description: 'Number of all rows; left out from 10,000 on.', schema: number },
  'X-Total-Pages': { description: 'Number of all pages; left out with it.', schema: number },
}

const FILE: Headers = Object.fromEntries(
  ['File-Name', 'File-Path', 'Size', 'Ref', 'Blob-Id', 'Commit-Id', 'Last-Commit-Id', 'Content-Sha256'].map(
    (name) => [
      `X-Gitlab-${name}`,
      { description: 'As in the body of a file.', schema: text, required: true },
    ],
  ),
)

const ETAG: Headers = { ETag: { description: 'For `If-None-Match`.', schema: text, required: true } }

const healthy = {
  type: 'object',
  properties: { status: { type: 'string', const: 'ok' } },
  required: ['status'],
}

const answers: Readonly<Record<string, Answers>> = {
  getHealth: { 200: { description: 'It serves.', content: plain } },
  getLiveness: { 200: { description: 'It serves.', content: json(healthy) } },
  getReadiness: {
    200: {
      description: 'It serves.',
      content: json({
        ...healthy,
        properties: { ...healthy.properties, master_check: { type: 'array', items: healthy } },
      }),
    },
  },
  getRawFile: { 200: { description: 'The file as it is.', content: plain, headers: FILE } },
  getLatestRelease: {
    302: {
      description: 'Where the release is.',
      content: plain,
      headers: { Location: { description: 'Its address.', schema: text, required: true } },
    },
  },
  testHook: {
    201: {
      description: 'The receiver took it.',
      content: json({ type: 'object', properties: { message: text }, required: ['message'] }),
    },
  },
}

/** GitLab, for its OpenAPI document. */
export const description: VendorDescription = {
  about:
    'Parameters of a request are one: what the body may hold may stand in the query. Names that hold slashes are one segment ' +
    'of the path, each slash as `%2F`. `sudo`, in the query or as a header, lets an administrator ask as somebody else. ' +
    'Each collection answers at its address with `.json` and with a slash at the end as well.',
  documentation: 'https://docs.gitlab.com/api/',
  bases: [''],
  securitySchemes: {
    privateToken: { type: 'apiKey', in: 'header', name: 'PRIVATE-TOKEN' },
    bearer: { type: 'http', scheme: 'bearer' },
    privateTokenInQuery: { type: 'apiKey', in: 'query', name: 'private_token' },
    accessTokenInQuery: { type: 'apiKey', in: 'query', name: 'access_token' },
    jobToken: {
      type: 'apiKey',
      in: 'header',
      name: 'JOB-TOKEN',
      description: 'Of a CI job: for lists of tags and for releases only.',
    },
  },
  security: [
    { privateToken: [] },
    { bearer: [] },
    { privateTokenInQuery: [] },
    { accessTokenInQuery: [] },
    { jobToken: [] },
    {},
  ],
  open: ['getHealth', 'getLiveness', 'getReadiness'],
  bodies: {
    types: ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'],
    mayBeQuery: true,
  },
  isLenient: false,
  alsoReads: (parameters) =>
    parameters.includes('page_token') ? { pagination: { type: 'string', enum: ['keyset'] } } : {},
  meanings: {
    id: 'The number of what is meant, or its URL-encoded path: `1`, `acme%2Fwidgets`.',
    tag_name: 'The URL-encoded name of a tag: `release%2F1.0`.',
    branch: 'The URL-encoded name of a branch: `feature%2Fx`.',
    name: 'The URL-encoded name, or a pattern with `*`.',
    file_path: 'The URL-encoded path of a file: `docs%2Fguide.md`.',
    sha: 'A commit by its id, branch or tag, URL-encoded.',
    suffix: 'What follows the address of the release; may hold slashes as they are.',
    pagination: 'Pages by the name that the one before ended with.',
    page: 'Counted from 1.',
    per_page: 'At most 100; 0 is refused.',
    page_token: 'The name that the page before ended with, for `pagination=keyset`.',
    search: 'Part of a name; for tags also `^` for its beginning and `$` for its end.',
  },
  wildcards: { getLatestRelease: 'suffix' },
  headersAt: (path) => (path.startsWith('/api/') ? GENERAL : {}),
  headersOf: (operation, parameters) => ({
    ...(operation === 'getFile' ? FILE : {}),
    ...(parameters.includes('per_page') ? PAGES : {}),
    ...ETAG,
  }),
  typesOf: () => ['application/json'],
  answers,
  answersTo: (method, path) => {
    if (method !== 'get' || !path.startsWith('/api/')) return {}
    const same = { 304: { description: '`If-None-Match` names what would be answered.' } }
    const moved = { 301: { description: 'The project has moved: `Location` says where to.' } }
    return path.includes('/projects/{id}') ? { ...same, ...moved } : same
  },
  errorsAt: (path) =>
    path.startsWith('/api/')
      ? { 'application/json': { $ref: '#/components/schemas/Error' }, 'text/plain': text }
      : plain,
  errorSchemas,
  schemas: schemaNames,
  variants: {
    'GET /api/v4/projects/{id}/releases/permalink/latest/{suffix}': {
      id: 'getBelowLatestRelease',
      summary: 'Get what is below the latest release',
    },
  },
  unlisted: ['retired'],
}
