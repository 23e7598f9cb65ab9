import { client, documentation, inferred, type OperationEvidence } from '../../evidence.ts'
import type { RefusalName } from './refusals.ts'
import { inRepository, ofBody, ofChange, ofName, ofNumbers, ofText } from './shared.ts'
import { clients, pages } from './sources.ts'

const MODEL = client(`${clients.sdk}: names and order of the fields`)

/** Branches, commits and what is between them. A commit that is not there is an object that is missing. */
export const history = {
  'codearts.listRefs': {
    summary: 'List the names of branches or tags',
    successes: {
      ok: {
        status: 200,
        rule: 'an array of names, of branches unless tags are asked for',
        evidence: [documentation(`${pages.api}, list refs`), client(clients.sdk)],
      },
    },
    failures: inRepository,
    refusals: [...ofNumbers, 'parameter-too-long', 'parameter-not-a-choice'],
    orderings: ['refs-by-name'],
    provenBy: [],
  },
  'codearts.listCommitRefs': {
    summary: 'List the branches and tags that contain a commit',
    successes: {
      ok: {
        status: 200,
        rule: 'an array of names',
        evidence: [client(clients.sdk), documentation(`${pages.api}, list refs associated with a commit`)],
      },
    },
    failures: [...inRepository, 'object-missing'],
    refusals: [...ofNumbers, ...ofText],
    orderings: ['commit-refs'],
    provenBy: [],
  },
  'codearts.listCommits': {
    summary: 'Show a commit',
    successes: {
      ok: {
        status: 200,
        rule: 'the commit of a branch, a tag or an id in the query, with counts and changes if they are asked for',
        evidence: [documentation(`${pages.api}, show a commit`), MODEL],
      },
    },
    failures: [...inRepository, 'object-missing'],
    refusals: ofName,
    provenBy: [],
  },
  'codearts.listCommitsOfPath': {
    summary: 'List commits',
    successes: {
      ok: {
        status: 200,
        rule: 'the commits of a ref, and how many there are of each day',
        evidence: [
          documentation(`${pages.api}, list commits`),
          MODEL,
          inferred('filters: parts of the text, whatever the case; days are those of UTC'),
        ],
      },
    },
    failures: [...inRepository, 'object-missing'],
    refusals: [...ofNumbers, 'parameter-too-long', 'date-invalid'],
    orderings: ['commits-by-date'],
    provenBy: [],
    missing: ['follow: renames are not followed'],
  },
  'codearts.compare': {
    summary: 'Compare two refs',
    successes: {
      ok: {
        status: 200,
        rule: 'the commits between two refs and what they changed',
        evidence: [
          documentation(`${pages.api}, compare refs`),
          MODEL,
          inferred('from the merge base unless straight: GitLab, from which the engine descends'),
        ],
      },
    },
    failures: [...inRepository, 'object-missing'],
    refusals: ofName,
    orderings: ['compared-commits'],
    provenBy: [],
  },
  'codearts.listBranches': {
    summary: 'List branches',
    successes: {
      ok: {
        status: 200,
        rule: 'an array of branches of a kind, a creator and a view',
        evidence: [
          documentation(`${pages.api}, list branches`),
          MODEL,
          inferred('that a branch is stale after three months: the console'),
        ],
      },
    },
    failures: inRepository,
    refusals: [...ofNumbers, ...ofText, 'parameter-not-a-choice'],
    orderings: ['branches'],
    provenBy: [],
    missing: ['protected branches other than the default one'],
  },
  'codearts.createBranch': {
    summary: 'Create a branch',
    successes: {
      created: {
        status: 201,
        rule: 'the new branch, with who made it from what',
        evidence: [documentation(`${pages.api}, create a branch`), MODEL],
      },
    },
    failures: [...inRepository, ...ofChange, 'ref-conflict'],
    refusals: [
      ...ofName,
      ...ofBody,
      'branch-name-invalid',
      'name-pattern-missed',
      'branch-exists',
      'branch-named-like-tag',
      'ref-unknown',
    ],
    provenBy: [],
    missing: ['work items that are related to a branch'],
  },
  'codearts.getBranch': {
    summary: 'Show a branch',
    successes: {
      ok: {
        status: 200,
        rule: 'the branch of exactly that name, with its commit',
        evidence: [documentation(`${pages.api}, show a branch`), MODEL],
      },
    },
    failures: [...inRepository, 'ref-missing'],
    refusals: ofName,
    provenBy: [],
  },
  'codearts.deleteBranch': {
    summary: 'Delete a branch',
    successes: {
      deleted: {
        status: 200,
        rule: 'the branch is gone; unlike tags, branches go with a body',
        evidence: [
          documentation(`${pages.api}, delete a branch: the body`),
          inferred('200: there is a body'),
        ],
      },
    },
    failures: [...inRepository, ...ofChange, 'ref-missing'],
    refusals: [...ofName, 'default-branch-kept'],
    provenBy: [],
    missing: ['deleting several at once'],
  },
} as const satisfies Record<string, OperationEvidence<RefusalName>>
