import { client, documentation, inferred, type RefusalRule, recording } from '../../evidence.ts'
import { pages, records } from './sources.ts'

const VALIDATION = 'ArgumentValidationException is a 400 wherever it has been recorded'

/** What tags, branches and commits are refused for by this vendor's own rules. */
export const refRefusals = {
  'tag-missing': {
    status: 404,
    rule: 'the core API answers a tag that is not there with an empty body',
    evidence: [
      recording(`${records.registry}: 404 without an exception`),
      inferred('an empty body: the client takes anything else that is no envelope for a missing route'),
    ],
  },
  'start-point-unknown': {
    status: 400,
    rule: 'a start point that leads to no object is an invalid tag point',
    evidence: [
      documentation(`${pages.git}, create a tag: 400, the start point is invalid`),
      client(`${records.automation}: 'x' is an invalid tag point.`),
      inferred('the exception: NoSuchCommitException, as for other commits that are not there'),
    ],
  },
  'branch-point-unknown': {
    status: 400,
    rule: 'a start point that leads to no commit is an invalid branch point',
    evidence: [inferred('the same of tags')],
  },
  'identifier-looks-like-option': {
    status: 400,
    rule: 'what begins with a hyphen names no commit, since git would take it for an option',
    evidence: [
      recording(
        'tomasbjerre/simple-bitbucket-commit-checker, issue 96: the exception and its words, of 6.6.0',
      ),
      inferred(`the status: ${pages.classes}, it extends ArgumentValidationException`),
    ],
  },
  'annotated-without-message': {
    status: 400,
    rule: 'an annotated tag needs a message',
    evidence: [inferred(`git would open an editor; ${VALIDATION}`)],
  },
  'repository-empty-on-delete': {
    status: 400,
    rule: 'nothing can be deleted from an empty repository',
    evidence: [
      documentation(`${pages.git}, delete a tag: 400, the repository is empty`),
      inferred(`the exception: ${VALIDATION}`),
    ],
  },
  'branch-name-invalid': {
    status: 400,
    rule: 'a branch needs a name that git accepts',
    evidence: [documentation(pages.classes), inferred('the words')],
  },
  'branch-exists': {
    status: 409,
    otherStatuses: [400],
    rule: 'a branch name that is taken is a conflict, and a bad request to branch-utils',
    evidence: [
      recording(`${records.registry}: 400 and its words from branch-utils`),
      inferred('409 from the core API: DuplicateRefException extends IntegrityException, which is a 409'),
    ],
  },
  'branch-conflict': {
    status: 400,
    otherStatuses: [409],
    rule: 'a branch name that clashes with a folder of branches is a bad request, and a conflict to branch-utils',
    evidence: [
      documentation(`${pages.branchUtils}, create a branch: 409 for names that overlap`),
      inferred('400 from the core API: ConflictingRefNameException extends InvalidRefNameException'),
    ],
  },
  'default-branch-kept': {
    status: 400,
    rule: 'the default branch cannot be deleted',
    evidence: [inferred(VALIDATION)],
  },
  'default-branch-missing': {
    status: 404,
    rule: 'a default branch that does not exist is missing',
    evidence: [
      documentation(`${pages.core}, get the default branch: NoDefaultBranchException`, { until: '8' }),
      inferred('the words'),
    ],
  },
  'webhook-missing': {
    status: 404,
    rule: 'a webhook that is not there is missing',
    evidence: [inferred('the exceptions of other things that are missing')],
  },
  'webhook-field-invalid': {
    status: 400,
    rule: 'a webhook needs a name, and an http or https address',
    evidence: [documentation(pages.general), inferred('the words')],
  },
  'webhook-unreachable': {
    status: 400,
    rule: 'an address that cannot be reached fails its test',
    evidence: [inferred('the documented answer shows what the receiver says, and here it says nothing')],
  },
} satisfies Record<string, RefusalRule>
