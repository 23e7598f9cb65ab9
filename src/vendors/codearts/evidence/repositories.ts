import { client, documentation, inferred, type OperationEvidence } from '../../evidence.ts'
import type { RefusalName } from './refusals.ts'
import { inRepository, ofBody, ofChange, ofNumbers, ofText } from './shared.ts'
import { clients, pages } from './sources.ts'

const MODEL = client(`${clients.sdk}: names and order of the fields`)

export const repositories = {
  'codearts.getRepository': {
    summary: 'Show a repository',
    successes: {
      ok: {
        status: 200,
        rule: 'the repository, with its clone addresses and counts',
        evidence: [documentation(`${pages.api}, show a repository`), MODEL],
      },
    },
    failures: inRepository,
    refusals: ofNumbers,
    provenBy: [],
  },
  'codearts.listProjectRepositories': {
    summary: "List a project's repositories",
    successes: {
      ok: {
        status: 200,
        rule: 'an array of the repositories of the project that the caller may see',
        evidence: [
          documentation(`${pages.api}, list repositories of a project`),
          MODEL,
          inferred("what Huawei Cloud calls a project is a repository's owner here"),
        ],
      },
    },
    failures: ['scope-missing', 'owner-missing'],
    refusals: [...ofNumbers, ...ofText, 'project-id-invalid'],
    orderings: ['repositories-by-id'],
    provenBy: [],
  },
  'codearts.listOwnRepositories': {
    summary: "List a user's repositories",
    successes: {
      ok: {
        status: 200,
        rule: 'an array of the repositories that the caller may see',
        evidence: [documentation(`${pages.api}, list repositories of a user`), MODEL],
      },
    },
    failures: ['scope-missing'],
    refusals: [...ofNumbers, 'parameter-too-long'],
    orderings: ['repositories-by-id'],
    provenBy: [],
  },
  'codearts.getGeneralPolicy': {
    summary: 'Show the general policy of a repository',
    successes: {
      ok: {
        status: 200,
        rule: 'the settings, with patterns for names of branches and tags',
        evidence: [documentation(`${pages.api}, show the general policy`), MODEL],
      },
    },
    failures: inRepository,
    refusals: ofNumbers,
    provenBy: [],
    missing: ['settings other than the patterns have no effect'],
  },
  'codearts.setGeneralPolicy': {
    summary: 'Change the general policy of a repository',
    successes: {
      ok: {
        status: 200,
        rule: 'the settings as they are now; those that are not given stay',
        evidence: [
          documentation(`${pages.api}, update the general policy`),
          MODEL,
          inferred('that settings which are not given stay'),
        ],
      },
    },
    failures: [...inRepository, ...ofChange],
    refusals: [...ofNumbers, ...ofBody, 'parameter-too-long', 'regex-invalid'],
    provenBy: [],
    missing: ['settings other than the patterns have no effect'],
  },
  'codearts.createToken': {
    summary: 'Obtain a token of IAM with a password',
    successes: {
      created: {
        status: 201,
        rule: 'the token stands in X-Subject-Token and lasts a day',
        evidence: [documentation(pages.iam), inferred('that each user is an account of its own')],
      },
    },
    failures: [],
    refusals: [
      ...ofBody,
      'parameter-missing',
      'parameter-type-wrong',
      'parameter-empty',
      'parameter-not-a-choice',
    ],
    provenBy: [],
    missing: ['other methods than a password', 'the catalog, roles and scopes'],
  },
} as const satisfies Record<string, OperationEvidence<RefusalName>>
