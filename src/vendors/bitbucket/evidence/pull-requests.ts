import { documentation, inferred, type OperationEvidence, recording } from '../../evidence.ts'
import type { RefusalName } from './refusals.ts'
import { inRepository, inWritable, moved, ofOptionalBody } from './shared.ts'
import { pages, records } from './sources.ts'

const SHAPE = [
  recording(`${records.sourcegraph} and ${records.registry}: keys and their order`),
  documentation(`${pages.core}: draft`, { since: '8.18' }),
] as const

const OF_ONE = ['pull-request-id-not-a-number', 'pull-request-missing'] as const

export const pullRequests = {
  'bitbucket.listPullRequests': {
    summary: 'List pull requests',
    successes: {
      ok: {
        status: 200,
        rule: 'a page of pull requests of a state, a direction and a ref; open and incoming ones by default',
        evidence: [documentation(`${pages.core}, get pull requests for repository`), ...SHAPE],
      },
      moved,
    },
    failures: inRepository,
    refusals: [],
    orderings: ['pull-requests-by-date'],
    provenBy: [],
    missing: ['filters by participant and by text', 'withAttributes, withProperties'],
  },
  'bitbucket.createPullRequest': {
    summary: 'Open a pull request',
    successes: {
      created: {
        status: 201,
        rule: 'the new pull request, and its address',
        evidence: [
          documentation(`${pages.core}, create pull request`),
          recording(`${records.several}: Location`),
          ...SHAPE,
        ],
      },
      moved,
    },
    failures: [...inWritable, 'credential-missing'],
    refusals: [
      ...ofOptionalBody,
      'body-missing',
      'pull-request-field-missing',
      'pull-request-target-elsewhere',
      'pull-request-ref-unknown',
      'reviewer-unknown',
      'pull-request-exists',
      'pull-request-empty',
    ],
    provenBy: [],
    missing: ['drafts', 'default reviewers'],
  },
  'bitbucket.getPullRequest': {
    summary: 'Get a pull request',
    successes: {
      ok: {
        status: 200,
        rule: 'the pull request as it is now',
        evidence: [documentation(`${pages.core}, get pull request`), ...SHAPE],
      },
      moved,
    },
    failures: inRepository,
    refusals: OF_ONE,
    provenBy: [],
  },
  'bitbucket.declinePullRequest': {
    summary: 'Decline a pull request',
    successes: {
      ok: {
        status: 200,
        rule: 'the pull request, closed, one version later',
        evidence: [
          recording(records.several),
          documentation(`${pages.core}, decline pull request`),
          inferred('that whoever may read may decline'),
        ],
      },
      moved,
    },
    failures: [...inRepository, 'credential-missing'],
    refusals: [...ofOptionalBody, ...OF_ONE, 'pull-request-version-outdated', 'pull-request-not-open'],
    provenBy: [],
    missing: ['the comment'],
  },
  'bitbucket.reopenPullRequest': {
    summary: 'Reopen a pull request',
    successes: {
      ok: {
        status: 200,
        rule: 'the pull request, open, one version later',
        evidence: [
          documentation(`${pages.core}, re-open pull request`),
          inferred('that whoever may read may reopen'),
        ],
      },
      moved,
    },
    failures: [...inRepository, 'credential-missing'],
    refusals: [
      ...ofOptionalBody,
      ...OF_ONE,
      'pull-request-version-outdated',
      'pull-request-open',
      'pull-request-not-open',
      'pull-request-exists',
    ],
    provenBy: [],
  },
  'bitbucket.canRebase': {
    summary: 'See whether a pull request can be rebased',
    successes: {
      ok: {
        status: 200,
        rule: 'whether it can, whether the caller may write, and what is against it; conflicts are not foreseen',
        evidence: [
          documentation(`${pages.git}, can a pull request be rebased`),
          inferred('the words of vetoes, but for those about permissions'),
        ],
      },
      moved,
    },
    failures: inRepository,
    refusals: OF_ONE,
    provenBy: [],
    missing: ['vetoes of hooks and add-ons'],
  },
  'bitbucket.rebasePullRequest': {
    summary: 'Rebase a pull request',
    successes: {
      ok: {
        status: 200,
        rule: 'the source branch holds the same changes on top of the target; the version stays',
        evidence: [
          documentation(`${pages.git}, rebase a pull request`),
          inferred('that the version stays: recorded events pr:from_ref_updated have it as it was'),
          inferred('which commits: those of `git rebase`'),
        ],
      },
      'up-to-date': {
        status: 204,
        rule: 'the source has the target already, and nothing happens',
        evidence: [recording(records.registry)],
      },
      moved,
    },
    failures: [...inWritable, 'ref-missing'],
    refusals: [
      ...ofOptionalBody,
      ...OF_ONE,
      'pull-request-version-outdated',
      'pull-request-not-open',
      'rebase-vetoed',
      'rebase-conflict',
      'rebase-discards-all',
    ],
    provenBy: ['git'],
    missing: ['vetoes of hooks and add-ons', '.gitattributes'],
  },
} as const satisfies Record<string, OperationEvidence<RefusalName>>
