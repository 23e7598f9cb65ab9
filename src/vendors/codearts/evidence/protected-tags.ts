import { client, documentation, inferred, type OperationEvidence } from '../../evidence.ts'
import type { RefusalName } from './refusals.ts'
import { inRepository, ofBody, ofChange, ofName, ofNumbers } from './shared.ts'
import { clients, pages } from './sources.ts'

const MODEL = client(`${clients.sdk}: names and order of the fields`)
const MEANING = documentation(
  `${pages.protectedTags}: the action create is about creating and deleting; an empty list is nobody`,
)

const IN_RULES = [...inRepository, ...ofChange] as const
const OF_ACTIONS = [
  ...ofBody,
  ...ofName,
  'parameter-not-a-choice',
  'rule-name-invalid',
  'rule-actions-wrong',
  'rule-user-unknown',
  'rule-team-unknown',
  'rule-role-unknown',
] as const
const MISSING = ['protected tags of a whole project'] as const

export const protectedTags = {
  'codearts.listProtectedTags': {
    summary: 'List protected tags',
    successes: {
      ok: {
        status: 200,
        rule: 'an array of the rules whose names contain the text',
        evidence: [
          documentation(`${pages.api}, list protected tags`),
          MODEL,
          inferred('whom a rule of v2 names: the roles of its level'),
        ],
      },
    },
    failures: inRepository,
    refusals: [...ofNumbers, 'parameter-too-long'],
    orderings: ['protected-tags-by-id'],
    provenBy: [],
    missing: MISSING,
  },
  'codearts.createProtectedTag': {
    summary: 'Protect tags',
    successes: {
      created: {
        status: 201,
        rule: 'the new rules, all of them or none',
        evidence: [
          documentation(`${pages.api}, create protected tags`),
          MODEL,
          MEANING,
          inferred('201: other creations of v4'),
        ],
      },
    },
    failures: [...IN_RULES, 'rule-exists'],
    refusals: [...OF_ACTIONS, 'rule-without-tag'],
    provenBy: [],
    missing: MISSING,
  },
  'codearts.updateProtectedTags': {
    summary: 'Change protected tags',
    successes: {
      ok: {
        status: 200,
        rule: 'the rules as they are now, all of them or none',
        evidence: [documentation(`${pages.api}, update protected tags`), MODEL, MEANING],
      },
    },
    failures: [...IN_RULES, 'rule-missing'],
    refusals: OF_ACTIONS,
    provenBy: [],
    missing: MISSING,
  },
  'codearts.deleteProtectedTags': {
    summary: 'Unprotect tags',
    successes: {
      deleted: {
        status: 204,
        rule: 'the rules are gone, all of them or none',
        evidence: [documentation(`${pages.api}, delete protected tags in batches`), MODEL],
      },
    },
    failures: [...IN_RULES, 'rule-missing'],
    refusals: [...ofBody, ...ofName, 'rule-name-invalid'],
    provenBy: [],
    missing: MISSING,
  },
  'codearts.getProtectedTag': {
    summary: 'Show a protected tag',
    successes: {
      ok: {
        status: 200,
        rule: 'the rule of exactly that name',
        evidence: [documentation(`${pages.api}, show a protected tag`), MODEL],
      },
    },
    failures: [...inRepository, 'rule-missing'],
    refusals: [...ofName, 'rule-name-invalid'],
    provenBy: [],
    missing: MISSING,
  },
  'codearts.updateProtectedTag': {
    summary: 'Change a protected tag',
    successes: {
      ok: {
        status: 200,
        rule: 'the rule as it is now; the body is the array of its actions',
        evidence: [documentation(`${pages.api}, update a protected tag`), MODEL, MEANING],
      },
    },
    failures: [...IN_RULES, 'rule-missing'],
    refusals: OF_ACTIONS,
    provenBy: [],
    missing: MISSING,
  },
  'codearts.deleteProtectedTag': {
    summary: 'Unprotect a tag',
    successes: {
      deleted: {
        status: 204,
        rule: 'the rule is gone; there is no body, whatever the page prints',
        evidence: [
          documentation(`${pages.api}, delete a protected tag`),
          MODEL,
          inferred('no body: a 204 cannot have one'),
        ],
      },
    },
    failures: [...IN_RULES, 'rule-missing'],
    refusals: [...ofName, 'rule-name-invalid'],
    provenBy: [],
    missing: MISSING,
  },
} as const satisfies Record<string, OperationEvidence<RefusalName>>
