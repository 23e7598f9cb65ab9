import { type OperationEvidence, outcome, source } from '../../evidence.ts'
import { GITBEAKER, PROJECT, PROJECT_READS, READ_PROJECT, WRITE } from './gates.ts'
import type { RefusalName } from './refusals.ts'

const API = source('lib/api/release/links.rb')
const SPEC = source('spec/requests/api/release/links_spec.rb')
const SHAPE = source('lib/api/entities/releases/link.rb')
const READ = [...READ_PROJECT, 'feature-hidden', 'release-missing'] as const
const CHANGE = [...PROJECT, ...WRITE, 'feature-hidden', 'release-missing', 'tag-protected'] as const

/** The links of a release. */
export const releaseLinks = {
  'gitlab.listReleaseLinks': {
    summary: 'List links of a release',
    successes: { ok: outcome(200, 'One page of links.', API, SPEC, SHAPE), ...PROJECT_READS },
    failures: READ,
    refusals: ['parameter-invalid'],
    orderings: ['links-newest-first'],
    provenBy: [GITBEAKER],
  },
  'gitlab.createReleaseLink': {
    summary: 'Add a link to a release',
    successes: { created: outcome(201, 'The link.', API, SPEC, SHAPE) },
    failures: CHANGE,
    refusals: ['parameter-invalid', 'link-invalid'],
    provenBy: [GITBEAKER],
  },
  'gitlab.getReleaseLink': {
    summary: 'Get a link of a release',
    successes: { ok: outcome(200, 'The link.', API, SPEC, SHAPE), ...PROJECT_READS },
    failures: READ,
    refusals: ['parameter-invalid', 'link-not-found'],
    provenBy: [GITBEAKER],
  },
  'gitlab.updateReleaseLink': {
    summary: 'Change a link of a release',
    successes: {
      updated: outcome(200, 'The link; without a type that goes back to other.', API, SPEC, SHAPE),
    },
    failures: CHANGE,
    refusals: ['parameter-invalid', 'link-change-empty', 'link-not-found', 'link-invalid'],
    provenBy: [GITBEAKER],
  },
  'gitlab.deleteReleaseLink': {
    summary: 'Remove a link from a release',
    successes: { deleted: outcome(200, 'The link as it was.', API, SPEC, SHAPE) },
    failures: CHANGE,
    refusals: ['parameter-invalid', 'link-not-found'],
    provenBy: [GITBEAKER],
  },
} as const satisfies Record<string, OperationEvidence<RefusalName>>
