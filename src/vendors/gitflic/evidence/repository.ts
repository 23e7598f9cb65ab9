import {
  client,
  documentation,
  inferred,
  type OperationEvidence,
  outcome,
  recording,
} from '../../evidence.ts'
import { BODY, CODE, GITFLIC_API, PROJECT, WRITE } from './gates.ts'
import type { RefusalName } from './refusals.ts'

const BRANCHES = documentation('API, Branches')
const COMMITS = documentation('API, Commits')
const RELEASES = documentation('API, Releases')
const HOOKS = documentation('API, Webhooks')
const GF = client('gf (josinSbazin/gf)')

/** Branches, commits, releases and webhooks of a project. */
export const repository = {
  'gitflic.listBranches': {
    summary: 'List branches, or get one',
    successes: {
      page: outcome(200, 'One page of branches.', BRANCHES),
      branch: outcome(200, 'With branchName that branch alone, outside of any page.', GF),
    },
    failures: [...CODE, 'ref-missing'],
    refusals: [],
    orderings: ['branches-named'],
    provenBy: [],
  },
  'gitflic.getDefaultBranch': {
    summary: 'Get the default branch',
    successes: { ok: outcome(200, 'The branch.', GF) },
    failures: [...CODE, 'ref-missing'],
    refusals: [],
    provenBy: [],
  },
  'gitflic.createBranch': {
    summary: 'Create a branch',
    successes: { ok: outcome(200, 'The branch, at the head of originBranch.', GF) },
    failures: [...CODE, ...WRITE, 'ref-missing', 'ref-exists', 'ref-conflict'],
    refusals: BODY,
    provenBy: [],
  },
  'gitflic.listBranchProtections': {
    summary: 'List rules about branches',
    successes: {
      empty: outcome(
        200,
        'There are none, which is a page without _embedded.',
        documentation('API, Branch protection'),
        recording('an empty list of branch protections on gitflic.ru'),
      ),
    },
    failures: CODE,
    refusals: [],
    provenBy: [],
    missing: ['rules about branches: the list is always empty'],
  },
  'gitflic.listCommits': {
    summary: 'List commits of a branch',
    successes: {
      page: outcome(200, 'One page of the commits of a branch.', GF, inferred('the shape of one commit')),
    },
    failures: [...CODE, 'ref-missing'],
    refusals: [],
    orderings: ['commits-dated'],
    provenBy: [],
  },
  'gitflic.getCommit': {
    summary: 'Get a commit',
    successes: { ok: outcome(200, 'The commit of a full id.', COMMITS, client('gitflic-api 5.0.13')) },
    failures: [...CODE, 'revision-unknown', 'object-missing'],
    refusals: [],
    provenBy: [GITFLIC_API],
    missing: ['verificationResult is always null'],
  },
  'gitflic.listReleases': {
    summary: 'List releases',
    successes: {
      page: outcome(
        200,
        'One page of releases; tagName may be a part of the name.',
        RELEASES,
        recording('gf (josinSbazin/gf): tagName matches parts'),
      ),
    },
    failures: CODE,
    refusals: [],
    orderings: ['releases-newest-first'],
    provenBy: [],
  },
  'gitflic.getRelease': {
    summary: 'Get a release',
    successes: { ok: outcome(200, 'The release.', RELEASES) },
    failures: [...CODE, 'release-missing'],
    refusals: [],
    provenBy: [],
  },
  'gitflic.createRelease': {
    summary: 'Create a release',
    successes: { ok: outcome(200, 'A release of a tag that exists.', RELEASES, GF) },
    failures: [...CODE, ...WRITE, 'ref-missing', 'release-exists'],
    refusals: BODY,
    provenBy: [],
    missing: ['attachments other than links', 'changing and deleting releases'],
  },
  'gitflic.listWebhooks': {
    summary: 'List webhooks',
    successes: { page: outcome(200, 'One page of webhooks.', HOOKS) },
    failures: [...PROJECT, 'role-too-low'],
    refusals: [],
    orderings: ['webhooks-by-creation'],
    provenBy: [],
  },
  'gitflic.createWebhook': {
    summary: 'Create a webhook',
    successes: {
      ok: outcome(
        200,
        'The webhook; events is an object of booleans.',
        HOOKS,
        recording('a list of events got 422 on gitflic.ru'),
      ),
    },
    failures: [...PROJECT, ...WRITE],
    refusals: BODY,
    provenBy: [],
  },
  'gitflic.updateWebhook': {
    summary: 'Change a webhook',
    successes: { ok: outcome(200, 'The webhook as it is now.', HOOKS) },
    failures: [...PROJECT, ...WRITE],
    refusals: [...BODY, 'webhook-not-found'],
    provenBy: [],
  },
  'gitflic.deleteWebhook': {
    summary: 'Delete a webhook',
    successes: { deleted: outcome(204, 'The webhook is gone.', HOOKS) },
    failures: [...PROJECT, ...WRITE],
    refusals: ['webhook-not-found'],
    provenBy: [],
    missing: ['the test event'],
  },
} as const satisfies Record<string, OperationEvidence<RefusalName>>
