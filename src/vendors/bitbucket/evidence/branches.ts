import { documentation, inferred, type OperationEvidence, recording } from '../../evidence.ts'
import type { RefusalName } from './refusals.ts'
import { CLIENT, inRepository, inWritable, moved, ofBody } from './shared.ts'
import { pages, records } from './sources.ts'

const SHAPE = recording(`${records.several}: keys and their order`)

const OF_CREATION = [
  ...ofBody,
  'identifier-looks-like-option',
  'branch-point-unknown',
  'branch-name-invalid',
  'branch-exists',
  'branch-conflict',
] as const

/** What is put in place of the default branch, under either address. */
const defaultSet = {
  status: 204,
  rule: 'the branch is the default one from now on, whether it exists or not',
  evidence: [
    documentation(`${pages.core}, set the default branch`),
    inferred('that it need not exist: HEAD of a repository may lead nowhere'),
  ],
} as const

export const branches = {
  'bitbucket.listBranches': {
    summary: 'List branches',
    successes: {
      ok: {
        status: 200,
        rule: 'a page of branches, with details if they are asked for',
        evidence: [
          documentation(`${pages.core}, get branches`),
          SHAPE,
          inferred('names of the metadata: the plugins of the server that the samples show'),
        ],
      },
      moved,
    },
    failures: [...inRepository, 'revision-unknown'],
    refusals: ['identifier-looks-like-option'],
    orderings: ['branches-by-date', 'branches-by-name', 'branches-boosted'],
    provenBy: [CLIENT],
    missing: ['metadata of other plugins: pull requests, build states, issues'],
  },
  'bitbucket.createBranch': {
    summary: 'Create a branch',
    successes: {
      ok: {
        status: 200,
        rule: 'the new branch',
        evidence: [documentation(`${pages.core}, create branch`), SHAPE],
      },
      moved,
    },
    failures: [...inWritable, 'repository-empty'],
    refusals: OF_CREATION,
    provenBy: [],
  },
  'bitbucket.createBranchOfModel': {
    summary: 'Create a branch through branch-utils',
    successes: {
      created: {
        status: 201,
        rule: 'the new branch',
        evidence: [documentation(`${pages.branchUtils}, create a branch`), SHAPE],
      },
      moved,
    },
    failures: [...inWritable, 'repository-empty'],
    refusals: OF_CREATION,
    provenBy: [],
  },
  'bitbucket.deleteBranch': {
    summary: 'Delete a branch, or only see whether it could be',
    successes: {
      deleted: {
        status: 204,
        rule: 'the branch is gone, unless this was a dry run',
        evidence: [documentation(`${pages.branchUtils}, delete a branch: name, endPoint and dryRun`)],
      },
      moved,
    },
    failures: [...inWritable, 'ref-missing', 'ref-changed'],
    refusals: [...ofBody, 'default-branch-kept'],
    provenBy: [],
  },
  'bitbucket.getDefaultBranch': {
    summary: 'Get the default branch',
    successes: {
      ok: {
        status: 200,
        rule: 'the default branch',
        evidence: [documentation(`${pages.core}, get default branch`), SHAPE],
      },
      empty: {
        status: 204,
        rule: 'there is no such branch yet',
        evidence: [documentation(`${pages.core}, get default branch`, { since: '9' })],
      },
      moved,
    },
    failures: inRepository,
    refusals: ['default-branch-missing'],
    provenBy: [],
  },
  'bitbucket.getDefaultBranchOfModel': {
    summary: 'Get the name of the default branch',
    successes: {
      ok: {
        status: 200,
        rule: 'the name of the default branch, whether it exists or not',
        evidence: [documentation(`${pages.core}, get the default branch`, { since: '7.5' })],
      },
      moved,
    },
    failures: inRepository,
    refusals: ['unknown-in-this-version'],
    provenBy: [],
  },
  'bitbucket.setDefaultBranch': {
    summary: 'Set the default branch',
    successes: { set: defaultSet, moved },
    failures: inRepository,
    refusals: [...ofBody, 'branch-name-invalid'],
    provenBy: [],
  },
  'bitbucket.setDefaultBranchOfModel': {
    summary: 'Set the default branch under its newer address',
    successes: { set: defaultSet, moved },
    failures: inRepository,
    refusals: [...ofBody, 'unknown-in-this-version', 'branch-name-invalid'],
    provenBy: [],
  },
} as const satisfies Record<string, OperationEvidence<RefusalName>>
