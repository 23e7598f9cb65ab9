import type { JsonSchema, VendorDescription } from '../description.ts'

const text: JsonSchema = { type: 'string' }

/** Where the schemas are that have a name in GitFlic's OpenAPI document. */
const schemas: Readonly<Record<string, string>> = {
  Tag: 'getTag',
  TagPage: 'listTags',
  NewTag: 'createTag body',
  PersonIdent: 'getTag personIdent',
  PageInfo: 'listTags page',
  TagRule: 'getTagRule',
  TagRulePage: 'listTagRules',
  NewTagRule: 'createTagRule body',
  TagRuleChange: 'updateTagRule body',
  User: 'getUser',
  UserPage: 'listUsers',
  OwnUser: 'getOwnUser',
  Project: 'getProject',
  ProjectPage: 'listProjects',
  ProjectOwner: 'getProject owner',
  NewProject: 'createProject body',
  Company: 'getCompany',
  CompanyPage: 'listCompanies',
  Team: 'getTeam',
  TeamPage: 'listTeams',
  TemplateSettings: 'getTeam templateSettings',
  Branch: 'getDefaultBranch',
  BranchPage: 'listBranches 1',
  NewBranch: 'createBranch body',
  LastCommit: 'getDefaultBranch lastCommit',
  BranchRulePage: 'listBranchProtections',
  BranchRule: 'listBranchProtections _embedded branchProtectionApiModelList items',
  Commit: 'getCommit',
  CommitPage: 'listCommits',
  VerificationResult: 'getCommit verificationResult',
  Release: 'getRelease',
  ReleasePage: 'listReleases',
  NewRelease: 'createRelease body',
  Attachment: 'getRelease attachmentFiles items',
  Webhook: 'createWebhook',
  WebhookPage: 'listWebhooks',
  NewWebhook: 'createWebhook body',
  WebhookChange: 'updateWebhook body',
}

const TEAM_RULES = '/team/{alias}/tag-protection'

/** GitFlic, for its OpenAPI document. */
export const description: VendorDescription = {
  about:
    'The service has the API at its root, an own installation below `/rest-api`; both are here. Each address may end in a ' +
    'slash. An encoded slash or percent sign in a path is refused, so that a tag `release/1.0` can be listed but not fetched.',
  documentation: 'https://docs.gitflic.ru/en/api/intro',
  bases: ['', '/rest-api'],
  securitySchemes: {
    token: {
      type: 'apiKey',
      in: 'header',
      name: 'Authorization',
      description: 'The word `token`, a space, and an access token.',
    },
  },
  security: [{ token: [] }],
  open: [],
  bodies: { types: ['application/json'], mayBeQuery: false },
  isLenient: true,
  alsoReads: () => ({}),
  meanings: {
    ownerAlias: 'The user, team or company that the project belongs to.',
    projectAlias: 'The project, as its address has it.',
    alias: 'As its address has it.',
    tagName: 'A tag whose name holds no slash.',
    commitId: 'All 40 digits of the id.',
    size: 'Entries that a page has.',
  },
  wildcards: {},
  headersAt: () => ({}),
  headersOf: () => ({}),
  typesOf: (_operation, parameters) =>
    parameters.includes('size') ? ['application/hal+json', 'application/json'] : ['application/json'],
  answers: {},
  answersTo: () => ({}),
  errorsAt: () => ({ 'application/json': { $ref: '#/components/schemas/Error' } }),
  errorSchemas: {
    Error: {
      type: 'object',
      description:
        'The documentation prints none; what the server in front of the application refuses has no body at all.',
      properties: {
        title: text,
        status: { type: 'integer' },
        errors: { type: 'array', items: { $ref: '#/components/schemas/FieldError' } },
      },
      required: ['title', 'status'],
    },
    FieldError: {
      type: 'object',
      properties: {
        field: text,
        title: { type: 'string', enum: ['error.field.empty', 'error.field.invalid', 'error.field.exists'] },
      },
      required: ['field', 'title'],
    },
  },
  schemas,
  variants: {
    'GET /project/my': { id: 'listOwnProjects', summary: 'List the projects that belong to whoever asks' },
    'GET /project/shared': {
      id: 'listSharedProjects',
      summary: 'List the projects that whoever asks is a member of',
    },
    'GET /company/my': { id: 'listOwnCompanies', summary: 'List the companies that belong to whoever asks' },
    'GET /team/my': { id: 'listOwnTeams', summary: 'List the teams that belong to whoever asks' },
    'GET /team/shared': { id: 'listSharedTeams', summary: 'List the teams that whoever asks is a member of' },
    [`GET ${TEAM_RULES}`]: { id: 'listTagRulesOfTeam', summary: 'List the tag rules of a team' },
    [`GET ${TEAM_RULES}/{tagProtectionUuid}`]: {
      id: 'getTagRuleOfTeam',
      summary: 'Get a tag rule of a team',
    },
    [`POST ${TEAM_RULES}/create`]: { id: 'createTagRuleOfTeam', summary: 'Create a tag rule of a team' },
    [`PATCH ${TEAM_RULES}/edit`]: { id: 'updateTagRuleOfTeam', summary: 'Change a tag rule of a team' },
    [`DELETE ${TEAM_RULES}/{tagProtectionUuid}`]: {
      id: 'deleteTagRuleOfTeam',
      summary: 'Delete a tag rule of a team',
    },
    [`POST ${TEAM_RULES}/apply-settings-to-projects`]: {
      id: 'applyTagRulesOfTeam',
      summary: "Apply a team's tag rules to its projects",
    },
  },
  unlisted: [],
}
