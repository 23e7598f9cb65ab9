import type { JsonSchema } from '../description.ts'

/** Where the schemas are that have a name in Bitbucket's OpenAPI document. */
export const schemaNames: Readonly<Record<string, string>> = {
  ApplicationProperties: 'getApplicationProperties',
  User: 'getUser',
  Links: 'getUser links',
  Project: 'getProject',
  ProjectPage: 'listProjects',
  Repository: 'getRepository',
  RepositoryPage: 'listRepositories',
  RepositoryLinks: 'getRepository links',
  Tag: 'createTag',
  TagPage: 'listTags',
  NewTag: 'createTag body',
  NewGitTag: 'createGitTag body',
  Branch: 'createBranchOfModel',
  BranchPage: 'listBranches',
  NewBranch: 'createBranch body',
  DeletedBranch: 'deleteBranch body',
  DefaultBranchId: 'setDefaultBranch body',
  MinimalRef: 'getDefaultBranchOfModel',
  Person: 'getCommit author',
  MinimalCommit: 'listCommits values items parents items',
  Commit: 'listCommits values items',
  CommitWithParents: 'getCommit',
  CommitPage: 'listCommits',
  PullRequest: 'getPullRequest',
  PullRequestPage: 'listPullRequests',
  PullRequestRef: 'getPullRequest fromRef',
  Participant: 'getPullRequest author',
  NewPullRequest: 'createPullRequest body',
  RefAddress: 'createPullRequest body fromRef',
  Rebaseability: 'canRebase',
  Veto: 'canRebase vetoes items',
  RebaseResult: 'rebasePullRequest',
  PullRequestVersion: 'rebasePullRequest body',
  Webhook: 'getWebhook',
  WebhookPage: 'listWebhooks',
  NewWebhook: 'createWebhook body',
  WebhookTrial: 'testWebhook',
}

const text: JsonSchema = { type: 'string' }
const nullableText: JsonSchema = { type: ['string', 'null'] }

export const errorSchemas: Readonly<Record<string, JsonSchema>> = {
  Errors: {
    type: 'object',
    description: 'What a resource refuses with; some refusals have no body at all.',
    properties: { errors: { type: 'array', items: { $ref: '#/components/schemas/Error' } } },
    required: ['errors'],
  },
  Error: {
    type: 'object',
    description: 'An exception, with what it adds about itself.',
    properties: { context: nullableText, message: nullableText, exceptionName: nullableText },
    required: ['context', 'message', 'exceptionName'],
    additionalProperties: true,
  },
  StatusDocument: {
    type: 'object',
    description:
      'What the REST framework refuses with before a resource is asked; XML unless JSON is asked for by name.',
    properties: { message: text, 'status-code': { type: 'integer' }, 'sub-code': { type: 'integer' } },
    required: ['message', 'status-code'],
    xml: { name: 'status' },
  },
}
