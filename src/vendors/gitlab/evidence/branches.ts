import { documentation, inferred, type OperationEvidence, outcome, source } from '../../evidence.ts'
import { CODE, GITBEAKER, PROJECT_READS, READ_CODE, UNTAGGED_READS, WRITE } from './gates.ts'
import type { RefusalName } from './refusals.ts'

const API = source('lib/api/branches.rb')
const SPEC = source('spec/requests/api/branches_spec.rb')
const SHAPE = source('lib/api/entities/branch.rb')
const ONE_PROTECTED = inferred('a new project: its default branch is protected, and no other is here')

/** The branches of a repository. */
export const branches = {
  'gitlab.listBranches': {
    summary: 'List branches',
    successes: {
      page: outcome(200, 'One page of branches.', API, SPEC, SHAPE, ONE_PROTECTED),
      'keyset-page': outcome(
        200,
        'Keyset pages begin after page_token and have no totals.',
        source('lib/gitlab/pagination/gitaly_keyset_pager.rb', { since: '14' }),
        documentation('REST API, Keyset-based pagination'),
      ),
      ...PROJECT_READS,
    },
    failures: READ_CODE,
    refusals: ['parameter-invalid', 'page-token-unknown'],
    orderings: ['branches-named', 'branches-updated', 'exact-match-first'],
    provenBy: [GITBEAKER],
    missing: ['regex', 'page 1 straight from git, with the total of all branches, as with tags'],
  },
  'gitlab.createBranch': {
    summary: 'Create a branch',
    successes: { created: outcome(201, 'The branch, at the commit that ref leads to.', API, SPEC, SHAPE) },
    failures: [...CODE, ...WRITE],
    refusals: [
      'parameter-invalid',
      'branch-name-invalid',
      'branch-exists',
      'branch-ref-unknown',
      'branch-name-like-sha',
      'branch-name-clash',
    ],
    provenBy: [GITBEAKER],
    missing: [
      'the first branch of an empty repository',
      'a blank ref has words of its own on recent servers',
    ],
  },
  'gitlab.hasBranch': {
    summary: 'Ask whether a branch exists',
    successes: { ok: outcome(204, 'It does; there is nothing more to say.', API, SPEC), ...UNTAGGED_READS },
    failures: [...READ_CODE, 'ref-missing'],
    refusals: [],
    provenBy: [],
  },
  'gitlab.getBranch': {
    summary: 'Get a branch',
    successes: { ok: outcome(200, 'The branch.', API, SPEC, SHAPE, ONE_PROTECTED), ...PROJECT_READS },
    failures: [...READ_CODE, 'ref-missing'],
    refusals: [],
    provenBy: [GITBEAKER],
  },
  'gitlab.deleteBranch': {
    summary: 'Delete a branch',
    successes: { deleted: outcome(204, 'The branch is gone.', API, SPEC) },
    failures: [...CODE, ...WRITE, 'ref-missing', 'ref-changed'],
    refusals: ['precondition-failed', 'default-branch-undeletable'],
    provenBy: [GITBEAKER],
    missing: ['protected branches other than the default one'],
  },
} as const satisfies Record<string, OperationEvidence<RefusalName>>
