import { client, documentation, inferred, type RefusalRule, recording } from '../../evidence.ts'
import { pages, records } from './sources.ts'

const REBASE = `${pages.git}, rebase a pull request`

export const pullRequestRefusals = {
  'pull-request-missing': {
    status: 404,
    rule: 'a pull request that is not there is missing',
    evidence: [recording(`${records.several}, from 2016 to 2026`)],
  },
  'pull-request-id-not-a-number': {
    status: 404,
    rule: 'an id that is no number makes an unknown address',
    evidence: [inferred('the REST framework cannot read the path parameter, a long')],
  },
  'pull-request-version-outdated': {
    status: 409,
    rule: 'a version that is not the current one is refused with both versions and the pull request',
    evidence: [
      recording(`${records.several}: merge, delete and decline`),
      documentation(pages.outOfDate),
      inferred('the same of rebase and reopen'),
    ],
  },
  'pull-request-not-open': {
    status: 409,
    rule: 'what has been merged or declined can neither be rebased nor declined',
    evidence: [
      recording(`${records.several}: the words for a merged one`),
      documentation(`${REBASE}: 409`),
      inferred('the words for a declined one'),
    ],
  },
  'pull-request-open': {
    status: 409,
    rule: 'what is open cannot be reopened',
    evidence: [inferred('IllegalPullRequestStateException, as for other states that do not fit')],
  },
  'pull-request-exists': {
    status: 409,
    rule: 'only one pull request may be open between two refs; the other one is shown',
    evidence: [recording(records.several)],
  },
  'pull-request-empty': {
    status: 409,
    rule: 'a source that the target has already is nothing to pull',
    evidence: [
      recording(`${records.several}, of 2018`),
      client(`${records.automation}: EmptyPullRequestException`),
    ],
  },
  'pull-request-field-missing': {
    status: 400,
    rule: 'title, source and target must be supplied',
    evidence: [recording(`${records.several}: for the title`), inferred('the same of source and target')],
  },
  'pull-request-target-elsewhere': {
    status: 400,
    rule: 'the target is in the repository of the address',
    evidence: [inferred('the documentation knows no other place for it')],
  },
  'pull-request-ref-unknown': {
    status: 404,
    rule: 'a source or target that is no branch of its repository is missing',
    evidence: [
      recording(`${records.several}: NoSuchCommitException and its words`),
      client(`${records.automation}: has no branch`),
    ],
  },
  'reviewer-unknown': {
    status: 409,
    rule: 'reviewers who are no users are told one by one',
    evidence: [
      documentation(`${pages.classes}: InvalidPullRequestReviewersException`),
      inferred('the status and the words'),
    ],
  },
  'rebase-conflict': {
    status: 409,
    rule: 'a rebase that runs into conflicts leaves the branch as it was',
    evidence: [documentation(`${REBASE}: 409`), inferred('the exception and its words')],
  },
  'rebase-discards-all': {
    status: 409,
    rule: 'a rebase that would leave nothing leaves the branch as it was',
    evidence: [documentation(`${REBASE}: 409`), inferred('the exception and its words')],
  },
  'rebase-vetoed': {
    status: 409,
    rule: 'what the preconditions forbid is refused with the words of the veto',
    evidence: [
      documentation(`${REBASE}: 409`),
      inferred('the exception; the words, but for those about permissions'),
    ],
  },
} satisfies Record<string, RefusalRule>
