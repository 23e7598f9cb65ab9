import { documentation, type OperationEvidence, outcome, source } from '../../evidence.ts'
import { GITBEAKER, PROJECT, PROJECT_READS, PYTHON, READ_PROJECT, WRITE } from './gates.ts'
import type { RefusalName } from './refusals.ts'

const API = source('lib/api/protected_tags.rb')
const SPEC = source('spec/requests/api/protected_tags_spec.rb')
const SHAPE = documentation('Protected tags API')
const EE = 'user_id, group_id and deploy_key_id of access levels, which other editions have'

/** The rules about tags of a project. */
export const protectedTags = {
  'gitlab.listProtectedTags': {
    summary: 'List protected tags',
    successes: { ok: outcome(200, 'One page of the rules.', API, SPEC, SHAPE), ...PROJECT_READS },
    failures: [...READ_PROJECT, 'role-too-low'],
    refusals: ['parameter-invalid'],
    orderings: ['by-id'],
    provenBy: [GITBEAKER],
    missing: [EE],
  },
  'gitlab.getProtectedTag': {
    summary: 'Get a protected tag',
    successes: { ok: outcome(200, 'The rule of exactly that pattern.', API, SPEC, SHAPE), ...PROJECT_READS },
    failures: [...READ_PROJECT, 'role-too-low', 'rule-missing'],
    refusals: [],
    provenBy: [GITBEAKER],
    missing: [EE],
  },
  'gitlab.protectTag': {
    summary: 'Protect tags',
    successes: {
      created: outcome(201, 'The rule; without a level only maintainers may create.', API, SPEC, SHAPE),
    },
    failures: [...PROJECT, ...WRITE, 'rule-exists'],
    refusals: ['parameter-invalid', 'protected-tag-name-blank'],
    provenBy: [GITBEAKER, PYTHON],
    missing: ['allowed_to_create is accepted and ignored', EE],
  },
  'gitlab.unprotectTag': {
    summary: 'Unprotect tags',
    successes: { deleted: outcome(204, 'The rule is gone.', API, SPEC) },
    failures: [...PROJECT, ...WRITE, 'rule-missing'],
    refusals: ['precondition-failed'],
    provenBy: [GITBEAKER],
  },
} as const satisfies Record<string, OperationEvidence<RefusalName>>
