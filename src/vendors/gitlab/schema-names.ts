import type { JsonSchema } from '../description.ts'

/** Where the schemas are that have a name in GitLab's OpenAPI document. */
export const schemaNames: Readonly<Record<string, string>> = {
  Tag: 'getTag',
  Commit: 'getTag commit',
  TagRelease: 'getTag release',
  NewTag: 'createTag body',
  TagSignature: 'getTagSignature',
  X509Certificate: 'getTagSignature x509_certificate',
  X509Issuer: 'getTagSignature x509_certificate x509_issuer',
  ProtectedTag: 'getProtectedTag',
  NewProtectedTag: 'protectTag body',
  AccessLevel: 'getProtectedTag create_access_levels items',
  ReleaseNotes: 'createTagRelease body',
  Release: 'getRelease',
  NewRelease: 'createRelease body',
  ReleaseChange: 'updateRelease body',
  ReleaseAssets: 'getRelease assets',
  ReleaseLinks: 'getRelease _links',
  AssetLink: 'getReleaseLink',
  NewAssetLink: 'createReleaseLink body',
  AssetLinkChange: 'updateReleaseLink body',
  AssetSource: 'getRelease assets sources items',
  Branch: 'getBranch',
  NewBranch: 'createBranch body',
  CommitInList: 'listCommits items',
  CommitDetail: 'getCommit',
  CommitStats: 'getCommit stats',
  CommitRef: 'listCommitRefs items',
  Diff: 'getCommitDiff items',
  Comparison: 'compare',
  File: 'getFile',
  TreeEntry: 'listTree items',
  Group: 'getGroup',
  Namespace: 'getNamespace',
  Project: 'getProject',
  BasicProject: 'listProjects items 1',
  ProjectLinks: 'getProject _links',
  ProjectAccess: 'getProject permissions project_access',
  PersonalAccessToken: 'getOwnToken',
  OwnUser: 'getOwnUser',
  UserProfile: 'getUser 1',
  BasicUser: 'listUsers items 1',
  Version: 'getVersion',
  Hook: 'getHook',
  NewHook: 'createHook body',
  HookChange: 'updateHook body',
}

const text: JsonSchema = { type: 'string' }
const texts: JsonSchema = { type: 'array', items: text }

export const errorSchemas: Readonly<Record<string, JsonSchema>> = {
  Error: {
    anyOf: [
      { $ref: '#/components/schemas/MessageError' },
      { $ref: '#/components/schemas/ParameterError' },
      { $ref: '#/components/schemas/TokenError' },
    ],
  },
  MessageError: {
    type: 'object',
    description: 'What most refusals say.',
    properties: { message: { anyOf: [text, texts, { type: 'object', additionalProperties: texts }] } },
    required: ['message'],
  },
  ParameterError: {
    type: 'object',
    description: 'Parameters that do not fit, and routes that do not exist.',
    properties: { error: text },
    required: ['error'],
  },
  TokenError: {
    type: 'object',
    description: 'A token that has ended, or whose scopes are not enough.',
    properties: { error: text, error_description: text, scope: text },
    required: ['error', 'error_description'],
  },
}
