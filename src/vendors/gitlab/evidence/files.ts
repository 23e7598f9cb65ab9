import { type OperationEvidence, outcome, source } from '../../evidence.ts'
import { GITBEAKER, PROJECT_READS, READ_CODE, UNTAGGED_READS } from './gates.ts'
import type { RefusalName } from './refusals.ts'

const API = source('lib/api/files.rb')
const SPEC = source('spec/requests/api/files_spec.rb')
const FILE = [...READ_CODE, 'object-missing'] as const
const REFUSALS = ['parameter-invalid', 'commit-not-found', 'file-not-found'] as const

/** Files and folders. */
export const files = {
  'gitlab.getFile': {
    summary: 'Get a file',
    successes: {
      ok: outcome(200, 'What is known of the file, its content in base64.', API, SPEC),
      ...PROJECT_READS,
    },
    failures: FILE,
    refusals: REFUSALS,
    provenBy: [GITBEAKER],
    missing: ['writing files'],
  },
  'gitlab.getRawFile': {
    summary: 'Get the content of a file',
    successes: { ok: outcome(200, 'The bytes of the file as plain text.', API, SPEC), ...UNTAGGED_READS },
    failures: FILE,
    refusals: REFUSALS,
    provenBy: [GITBEAKER],
    missing: ['lfs'],
  },
  'gitlab.listTree': {
    summary: 'List a folder',
    successes: {
      page: outcome(
        200,
        'One page of entries.',
        source('lib/api/repositories.rb'),
        source('lib/api/entities/tree_object.rb'),
        source('spec/requests/api/repositories_spec.rb'),
      ),
      ...PROJECT_READS,
    },
    failures: FILE,
    refusals: ['parameter-invalid', 'tree-not-found', 'path-not-found'],
    orderings: ['tree-folders-first'],
    provenBy: [GITBEAKER],
    missing: ['keyset pagination of trees'],
  },
} as const satisfies Record<string, OperationEvidence<RefusalName>>
