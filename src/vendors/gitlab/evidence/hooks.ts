import { documentation, inferred, type OperationEvidence, outcome, source } from '../../evidence.ts'
import { GITBEAKER, PROJECT, PROJECT_READS, READ_PROJECT, WRITE } from './gates.ts'
import type { RefusalName } from './refusals.ts'

const API = source('lib/api/project_hooks.rb')
const SPEC = source('spec/requests/api/project_hooks_spec.rb')
const SHAPE = source('lib/api/entities/project_hook.rb')
const PAGE = documentation('Project webhooks API')

/** The webhooks of a project. */
export const hooks = {
  'gitlab.listHooks': {
    summary: 'List hooks',
    successes: {
      page: outcome(200, 'One page of hooks, their secrets left out.', API, SPEC, SHAPE),
      ...PROJECT_READS,
    },
    failures: [...READ_PROJECT, 'role-too-low'],
    refusals: ['parameter-invalid'],
    orderings: ['by-id'],
    provenBy: [GITBEAKER],
  },
  'gitlab.createHook': {
    summary: 'Add a hook',
    successes: {
      created: outcome(
        201,
        'The hook; pushes of branches are heard unless something else is said.',
        API,
        SPEC,
        SHAPE,
        PAGE,
      ),
    },
    failures: [...PROJECT, ...WRITE],
    refusals: ['parameter-invalid', 'hook-url-invalid'],
    provenBy: [GITBEAKER],
    missing: ['push_events_branch_filter is stored without effect', 'custom_headers are not validated'],
  },
  'gitlab.getHook': {
    summary: 'Get a hook',
    successes: { ok: outcome(200, 'The hook.', API, SPEC, SHAPE), ...PROJECT_READS },
    failures: [...READ_PROJECT, 'role-too-low'],
    refusals: ['parameter-invalid', 'hook-not-found'],
    provenBy: [GITBEAKER],
  },
  'gitlab.updateHook': {
    summary: 'Change a hook',
    successes: { updated: outcome(200, 'The hook as it is now.', API, SPEC, SHAPE) },
    failures: [...PROJECT, ...WRITE],
    refusals: ['parameter-invalid', 'hook-not-found', 'hook-change-empty', 'hook-url-invalid'],
    provenBy: [GITBEAKER],
  },
  'gitlab.deleteHook': {
    summary: 'Remove a hook',
    successes: { deleted: outcome(204, 'The hook is gone.', API, SPEC) },
    failures: [...PROJECT, ...WRITE],
    refusals: ['parameter-invalid', 'hook-not-found', 'precondition-failed'],
    provenBy: [GITBEAKER],
  },
  'gitlab.testHook': {
    summary: 'Test a hook',
    successes: {
      delivered: outcome(
        201,
        'The receiver has answered with 2xx.',
        source('lib/api/hooks/trigger_test.rb', { since: '16.11' }),
        inferred('lib/api/helpers.rb, created!: the message'),
      ),
    },
    failures: [...PROJECT, ...WRITE],
    refusals: [
      'parameter-invalid',
      'hook-not-found',
      'hook-test-data-missing',
      'hook-test-unavailable',
      'hook-template-unparsable',
      'hook-test-failed',
    ],
    provenBy: [],
    missing: ['samples of issues, merge requests, pipelines and the like', 'the rate limit: 429'],
  },
} as const satisfies Record<string, OperationEvidence<RefusalName>>
