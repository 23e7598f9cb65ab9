import { client, documentation, inferred, type OperationEvidence, outcome } from '../../evidence.ts'
import { BODY, GITFLIC_API, OWNER, PROJECT } from './gates.ts'
import type { RefusalName } from './refusals.ts'

const PROJECTS = documentation('API, Projects')
const COMPANIES = documentation('API, Companies')
const TEAMS = documentation('API, Teams')
const USERS = documentation('API, Users')
const NPM = client('gitflic-api 5.0.13')
const EMPTY_FIELDS = ['fields that nothing here fills: language, mirrors, forks, contacts'] as const
const WHO = inferred('the names of the lists: who is on my and who on shared')

/** Projects, and whose they are. */
export const projects = {
  'gitflic.listProjects': {
    summary: 'List projects',
    successes: {
      page: outcome(
        200,
        'One page of public projects, one’s own, or those of others that one is in.',
        PROJECTS,
        NPM,
        WHO,
      ),
    },
    failures: [],
    refusals: [],
    orderings: ['as-created'],
    provenBy: [GITFLIC_API],
    missing: EMPTY_FIELDS,
  },
  'gitflic.getProject': {
    summary: 'Get a project',
    successes: { ok: outcome(200, 'The project.', PROJECTS, NPM) },
    failures: PROJECT,
    refusals: [],
    provenBy: [GITFLIC_API],
    missing: EMPTY_FIELDS,
  },
  'gitflic.createProject': {
    summary: 'Create a project',
    successes: {
      ok: outcome(
        200,
        'An empty project, with the tag rules of its owner where the settings of that say so.',
        PROJECTS,
        inferred('the wording of allowImportTagProtection'),
      ),
    },
    failures: OWNER,
    refusals: [...BODY, 'project-exists'],
    provenBy: [],
    missing: ['what a real server refuses beside this: its errors are not documented'],
  },
  'gitflic.listCompanies': {
    summary: 'List companies',
    successes: { page: outcome(200, 'One page of public companies, or of one’s own.', COMPANIES, NPM, WHO) },
    failures: [],
    refusals: [],
    orderings: ['as-created'],
    provenBy: [GITFLIC_API],
  },
  'gitflic.getCompany': {
    summary: 'Get a company',
    successes: {
      ok: outcome(
        200,
        'The company with its template settings.',
        COMPANIES,
        NPM,
        inferred('the key templateSettings: the page names the settings, not where they stand'),
      ),
    },
    failures: OWNER,
    refusals: [],
    provenBy: [GITFLIC_API],
  },
  'gitflic.listTeams': {
    summary: 'List teams',
    successes: {
      page: outcome(
        200,
        'One page of public teams, one’s own, or those of others that one is in.',
        TEAMS,
        NPM,
        WHO,
      ),
    },
    failures: [],
    refusals: [],
    orderings: ['as-created'],
    provenBy: [GITFLIC_API],
  },
  'gitflic.getTeam': {
    summary: 'Get a team',
    successes: { ok: outcome(200, 'The team with its template settings.', TEAMS, NPM) },
    failures: OWNER,
    refusals: [],
    provenBy: [GITFLIC_API],
  },
  'gitflic.listUsers': {
    summary: 'List users',
    successes: { page: outcome(200, 'One page of users.', USERS) },
    failures: [],
    refusals: [],
    orderings: ['as-created'],
    provenBy: [],
  },
  'gitflic.getOwnUser': {
    summary: 'Get the caller',
    successes: {
      ok: outcome(
        200,
        'The caller, and only here an e-mail address.',
        USERS,
        NPM,
        client('clients that probe tokens with it'),
      ),
    },
    failures: [],
    refusals: [],
    provenBy: [GITFLIC_API],
  },
  'gitflic.getUser': {
    summary: 'Get a user',
    successes: { ok: outcome(200, 'The user.', USERS) },
    failures: ['user-missing'],
    refusals: [],
    provenBy: [],
  },
} as const satisfies Record<string, OperationEvidence<RefusalName>>
