import { type OperationEvidence, outcome, source } from '../../evidence.ts'
import { GITBEAKER, PROJECT_READS, READ_CODE } from './gates.ts'
import type { RefusalName } from './refusals.ts'

const API = source('lib/api/commits.rb')
const SPEC = source('spec/requests/api/commits_spec.rb')
const SHAPE = source('lib/api/entities/commit.rb')
const DIFF = source('lib/api/entities/diff.rb')
const COMMIT = [...READ_CODE, 'object-missing'] as const

/** Commits, and what lies between two of them. */
export const commits = {
  'gitlab.listCommits': {
    summary: 'List commits',
    successes: {
      page: outcome(
        200,
        'One page of commits without totals; a name that leads nowhere has none.',
        API,
        SPEC,
        SHAPE,
      ),
      ...PROJECT_READS,
    },
    failures: COMMIT,
    refusals: ['parameter-invalid', 'revision-like-option'],
    orderings: ['commits-dated', 'commits-topological'],
    provenBy: [GITBEAKER],
    missing: ['follow'],
  },
  'gitlab.getCommit': {
    summary: 'Get a commit',
    successes: {
      ok: outcome(
        200,
        'The commit of an id, a branch or a tag; the tag wins. Without CI, status and last_pipeline are null.',
        API,
        SPEC,
        source('lib/api/entities/commit_detail.rb'),
      ),
      ...PROJECT_READS,
    },
    failures: COMMIT,
    refusals: ['parameter-invalid', 'commit-not-found'],
    provenBy: [GITBEAKER],
  },
  'gitlab.listCommitRefs': {
    summary: 'List branches and tags that have a commit',
    successes: { page: outcome(200, 'One page of names.', API, SPEC), ...PROJECT_READS },
    failures: COMMIT,
    refusals: ['parameter-invalid', 'commit-not-found'],
    orderings: ['refs-of-commit'],
    provenBy: [GITBEAKER],
  },
  'gitlab.getCommitDiff': {
    summary: 'Get the diff of a commit',
    successes: {
      page: outcome(200, 'One page of files that differ from the first parent.', API, SPEC, DIFF),
      ...PROJECT_READS,
    },
    failures: COMMIT,
    refusals: ['parameter-invalid', 'commit-not-found'],
    orderings: ['diffs-by-path'],
    provenBy: [GITBEAKER],
    missing: ['unidiff', 'limits on the size of diffs'],
  },
  'gitlab.compare': {
    summary: 'Compare two commits',
    successes: {
      ok: outcome(
        200,
        'The commits of to that from does not have, and the files that differ from their common ancestor.',
        source('lib/api/repositories.rb'),
        source('lib/api/entities/compare.rb'),
        source('spec/requests/api/repositories_spec.rb'),
      ),
      ...PROJECT_READS,
    },
    failures: COMMIT,
    refusals: ['parameter-invalid', 'compare-ref-unknown'],
    orderings: ['compared-oldest-first', 'diffs-by-path'],
    provenBy: [GITBEAKER],
    missing: ['from_project_id', 'unidiff'],
  },
} as const satisfies Record<string, OperationEvidence<RefusalName>>
