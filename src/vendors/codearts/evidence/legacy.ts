import { client, documentation, inferred, type OperationEvidence } from '../../evidence.ts'
import type { RefusalName } from './refusals.ts'
import { inOldRepository, ofBody, ofChange, ofNumbers, ofText, SDK } from './shared.ts'
import { clients, pages } from './sources.ts'

const MODEL = client(`${clients.oldSdk}: names and order of the fields`)
const OF_RULE = [...ofNumbers, ...ofText, 'rule-name-invalid'] as const
const IN_CHANGED = [...inOldRepository, ...ofChange] as const

/** The deprecated generations. */
export const legacy = {
  'codearts.listTagsV2': {
    summary: 'List tags through v2',
    successes: {
      ok: {
        status: 200,
        rule: 'all tags in an envelope, each with whether a branch has its name',
        evidence: [
          documentation(`${pages.api}, list tags (v2)`),
          client(
            `${clients.oldSdk}, ${clients.zadig}: is_double_name is a boolean, though the sample prints a text`,
          ),
        ],
      },
    },
    failures: inOldRepository,
    refusals: ofNumbers,
    orderings: ['old-tags-by-date'],
    provenBy: [],
  },
  'codearts.createTagV2': {
    summary: 'Create a tag through v2',
    successes: {
      ok: {
        status: 200,
        rule: 'the new tag in an envelope, with nine fields of its commit and no target',
        evidence: [documentation(`${pages.api}, create a tag (v2)`), MODEL],
      },
    },
    failures: [...IN_CHANGED, 'tag-protected', 'ref-conflict'],
    refusals: [
      ...ofNumbers,
      ...ofText,
      ...ofBody,
      'parameter-missing',
      'tag-name-invalid',
      'null-character',
      'name-pattern-missed',
      'tag-exists',
      'tag-named-like-branch',
      'ref-unknown',
    ],
    provenBy: [],
  },
  'codearts.deleteTagV2': {
    summary: 'Delete a tag through v2',
    successes: {
      ok: {
        status: 200,
        rule: 'the name of the tag that is gone, in an envelope',
        evidence: [
          client('a client that says that this undocumented call works'),
          inferred('the result: the same of protected tags'),
        ],
      },
    },
    failures: [...IN_CHANGED, 'tag-protected', 'ref-missing'],
    refusals: [...ofNumbers, ...ofText],
    provenBy: [SDK],
  },
  'codearts.createProtectedTagV2': {
    summary: 'Protect tags through v2',
    successes: {
      ok: {
        status: 200,
        rule: 'the rule in an envelope, its level one object',
        evidence: [documentation(`${pages.api}, create a protected tag (v2)`), MODEL],
      },
    },
    failures: [...IN_CHANGED, 'rule-exists'],
    refusals: [...OF_RULE, ...ofBody, 'parameter-missing', 'parameter-not-a-choice'],
    provenBy: [],
  },
  'codearts.deleteProtectedTagV2': {
    summary: 'Unprotect tags through v2',
    successes: {
      ok: {
        status: 200,
        rule: 'the id of the repository as a text, in an envelope',
        evidence: [documentation(`${pages.api}, delete a protected tag (v2)`), MODEL],
      },
    },
    failures: [...IN_CHANGED, 'rule-missing'],
    refusals: OF_RULE,
    provenBy: [],
  },
  'codearts.listBranchesV2': {
    summary: 'List branches with their commits in pages',
    successes: {
      ok: {
        status: 200,
        rule: 'a page of branches in an envelope, with how far they are from the default one',
        evidence: [documentation(`${pages.api}, list branches (v2)`), MODEL],
      },
    },
    failures: inOldRepository,
    refusals: [...ofNumbers, 'parameter-too-long'],
    orderings: ['refs-by-name'],
    provenBy: [],
  },
  'codearts.listBranchesV1': {
    summary: 'List all branches by name',
    successes: {
      ok: {
        status: 200,
        rule: 'all branches in an envelope, each with whether it is protected',
        evidence: [documentation(`${pages.api}, list branches (v1)`), MODEL],
      },
    },
    failures: inOldRepository,
    refusals: ofNumbers,
    orderings: ['refs-by-name'],
    provenBy: [],
  },
  'codearts.getCommitV2': {
    summary: 'Show a commit through v2',
    successes: {
      ok: {
        status: 200,
        rule: 'the commit of an id, a branch or a tag, in an envelope',
        evidence: [documentation(`${pages.api}, show a commit (v2)`), MODEL],
      },
    },
    failures: [...inOldRepository, 'object-missing'],
    refusals: [...ofNumbers, ...ofText],
    provenBy: [],
  },
} as const satisfies Record<string, OperationEvidence<RefusalName>>
