import type { JsonSchema } from '../description.ts'

/** Where the schemas are that have a name in CodeArts' OpenAPI document. */
export const schemaNames: Readonly<Record<string, string>> = {
  Tag: 'getTag',
  SimpleTag: 'listTags items',
  NewTag: 'createTag body',
  Commit: 'getTag commit',
  GpgKey: 'listTags items gpgKey',
  ProtectedTag: 'getProtectedTag',
  TagAction: 'getProtectedTag actions items',
  NewTagAction: 'createProtectedTag body actions items',
  NewProtectedTags: 'createProtectedTag body',
  ProtectedTagNames: 'deleteProtectedTags body',
  ProtectedTagChange: 'updateProtectedTag body',
  CommitList: 'listCommitsOfPath',
  CommitDetail: 'listCommits',
  Comparison: 'compare',
  Diff: 'compare diffs items',
  SimpleBranch: 'listBranches items',
  Branch: 'getBranch',
  NewBranch: 'createBranch body',
  CreatedBranch: 'createBranch',
  Success: 'deleteBranch',
  Repository: 'getRepository',
  BasicRepository: 'listOwnRepositories items',
  Hook: 'getHook',
  NewHook: 'createHook body',
  HookChange: 'updateHook body',
  GeneralPolicy: 'getGeneralPolicy',
  GeneralPolicyChange: 'setGeneralPolicy body',
  Login: 'createToken body',
  IssuedToken: 'createToken',
  TagNamesV2: 'listTagsV2',
  CreatedTagV2: 'createTagV2',
  CommitV2: 'createTagV2 result commit',
  TextV2: 'deleteTagV2',
  NewProtectedTagV2: 'createProtectedTagV2 body',
  ProtectedTagV2: 'createProtectedTagV2',
  BranchListV2: 'listBranchesV2',
  OneCommitV2: 'getCommitV2',
  BranchNamesV1: 'listBranchesV1',
  NewHookV1: 'createHookV1 body',
  HookV1: 'createHookV1',
}

const text: JsonSchema = { type: 'string' }

export const errorSchemas: Readonly<Record<string, JsonSchema>> = {
  Error: {
    type: 'object',
    properties: { error_code: text, error_msg: text },
    required: ['error_code', 'error_msg'],
  },
  EnvelopedError: {
    type: 'object',
    description: 'Of v1 and v2.',
    properties: {
      error: { type: 'object', properties: { code: text, message: text }, required: ['code', 'message'] },
      status: { type: 'string', const: 'failed' },
    },
    required: ['error', 'status'],
  },
  IamError: {
    type: 'object',
    description: 'Of v3.',
    properties: {
      error: {
        type: 'object',
        properties: { code: { type: 'integer' }, message: text, title: text },
        required: ['code', 'message', 'title'],
      },
    },
    required: ['error'],
  },
}
