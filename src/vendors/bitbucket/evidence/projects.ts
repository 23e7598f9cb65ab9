import { documentation, inferred, type OperationEvidence, recording } from '../../evidence.ts'
import type { RefusalName } from './refusals.ts'
import { CLIENT, inRepository, moved } from './shared.ts'
import { pages, records } from './sources.ts'

const PROJECT = recording(`${records.several}: keys and their order`)
const REPOSITORY = [
  PROJECT,
  recording(`${records.several}: hierarchyId`, { since: '7' }),
  documentation(`${pages.core}: archived`, { since: '8.0' }),
] as const

export const projects = {
  'bitbucket.getStatus': {
    summary: 'See whether the server runs',
    successes: {
      ok: {
        status: 200,
        rule: 'the state of the server, for load balancers',
        evidence: [documentation('Install Bitbucket Data Center, health checks at /status')],
      },
    },
    failures: [],
    refusals: [],
    provenBy: [],
    missing: ['other states than RUNNING'],
  },
  'bitbucket.getApplicationProperties': {
    summary: 'Get the version of the server',
    successes: {
      ok: {
        status: 200,
        rule: 'version, build and date as texts, for anybody',
        evidence: [
          recording(`${records.sourcegraph}, of 7.11.2`),
          documentation(`${pages.core}, get application properties`),
        ],
      },
    },
    failures: [],
    refusals: [],
    provenBy: [CLIENT],
  },
  'bitbucket.listProjects': {
    summary: 'List projects',
    successes: {
      ok: {
        status: 200,
        rule: 'a page of the projects that the caller may see',
        evidence: [documentation(`${pages.core}, get projects`), PROJECT],
      },
    },
    failures: ['credential-missing'],
    refusals: [],
    orderings: ['projects-by-name'],
    provenBy: [],
  },
  'bitbucket.getProject': {
    summary: 'Get a project',
    successes: {
      ok: {
        status: 200,
        rule: 'the project; a personal one has an owner instead of `public`',
        evidence: [documentation(`${pages.core}, get a project`), PROJECT],
      },
    },
    failures: ['owner-missing', 'role-too-low'],
    refusals: [],
    provenBy: [],
  },
  'bitbucket.listProjectRepositories': {
    summary: "List a project's repositories",
    successes: {
      ok: {
        status: 200,
        rule: 'a page of the repositories of the project that the caller may read',
        evidence: [
          documentation(`${pages.core}, get repositories for project; ${pages.personal}`),
          ...REPOSITORY,
        ],
      },
    },
    failures: ['owner-missing', 'role-too-low'],
    refusals: [],
    orderings: ['repositories-by-slug'],
    provenBy: [],
  },
  'bitbucket.getRepository': {
    summary: 'Get a repository',
    successes: {
      ok: {
        status: 200,
        rule: 'the repository, with its clone addresses',
        evidence: [documentation(`${pages.core}, get repository`), ...REPOSITORY],
      },
      moved,
    },
    failures: inRepository,
    refusals: [],
    provenBy: [CLIENT],
  },
  'bitbucket.listRepositories': {
    summary: 'Search for repositories',
    successes: {
      ok: {
        status: 200,
        rule: 'a page of the repositories that the caller may read, filtered by their name, project and permission',
        evidence: [documentation(`${pages.core}, search for repositories`), ...REPOSITORY],
      },
    },
    failures: ['credential-missing'],
    refusals: [],
    orderings: ['repositories-by-slug'],
    provenBy: [],
    missing: ['filters by state, archive and visibility'],
  },
  'bitbucket.getUser': {
    summary: 'Get a user',
    successes: {
      ok: {
        status: 200,
        rule: 'the user of a slug, for anybody who is signed in',
        evidence: [
          documentation(`${pages.core}, get user`),
          PROJECT,
          inferred('that everybody may see everybody'),
        ],
      },
    },
    failures: ['credential-missing', 'user-missing'],
    refusals: [],
    provenBy: [],
  },
} as const satisfies Record<string, OperationEvidence<RefusalName>>
