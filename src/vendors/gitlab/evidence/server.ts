import { inferred, type OperationEvidence, outcome, source } from '../../evidence.ts'
import type { RefusalName } from './refusals.ts'

const PROBES = source('app/controllers/health_controller.rb and lib/gitlab/health_checks')
const NEVER_ILL = inferred('nothing here is down as long as it answers')

/** Answers that are about no resource. */
export const server = {
  'gitlab.getHealth': {
    summary: 'Ask whether the server is up',
    successes: {
      ok: outcome(
        200,
        'It is, in plain text.',
        source('lib/gitlab/middleware/basic_health_check.rb'),
        NEVER_ILL,
      ),
    },
    failures: [],
    refusals: [],
    provenBy: [],
    missing: ['404 for addresses that are not allowed to ask'],
  },
  'gitlab.getLiveness': {
    summary: 'Ask whether the server lives',
    successes: { ok: outcome(200, 'It does.', PROBES, NEVER_ILL) },
    failures: [],
    refusals: [],
    provenBy: [],
    missing: ['404 for addresses that are not allowed to ask'],
  },
  'gitlab.getReadiness': {
    summary: 'Ask whether the server is ready',
    successes: { ok: outcome(200, 'It is, and so is its master process.', PROBES, NEVER_ILL) },
    failures: [],
    refusals: [],
    provenBy: [],
    missing: ['checks of single services: all=1'],
  },
  'gitlab.getOptions': {
    summary: 'Ask which methods an address has',
    successes: {
      ok: outcome(204, 'The header Allow has them, in the order of Grape.', inferred('Grape 1.6, measured')),
      preflight: outcome(
        200,
        'A preflight is answered before the API sees it, empty and in plain text.',
        inferred('rack-cors, which GitLab stands behind'),
      ),
    },
    failures: [],
    refusals: [],
    provenBy: [],
  },
  'gitlab.retired': {
    summary: 'Version 3 of the API',
    successes: {},
    failures: [],
    refusals: ['version-retired'],
    provenBy: [],
  },
} as const satisfies Record<string, OperationEvidence<RefusalName>>
