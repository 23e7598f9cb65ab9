import { client, documentation, inferred, type OperationEvidence, recording } from '../../evidence.ts'
import type { RefusalName } from './refusals.ts'
import { CLIENT, inRepository, moved } from './shared.ts'
import { pages, records } from './sources.ts'

const SHAPE = recording(`${records.several}: keys and their order, eleven digits as the short id`)

export const commits = {
  'bitbucket.listCommits': {
    summary: 'List commits',
    successes: {
      ok: {
        status: 200,
        rule: 'a page of the commits from `until` on, without those of `since`, with counts if they are asked for',
        evidence: [
          documentation(`${pages.core}, get commits`),
          SHAPE,
          client('renovate: commits?ignoreMissing=true&limit=1 of an empty repository is an empty page'),
        ],
      },
      moved,
    },
    failures: [...inRepository, 'revision-unknown'],
    refusals: ['identifier-looks-like-option', 'default-branch-missing'],
    orderings: ['commits-by-date'],
    provenBy: [CLIENT],
    missing: ['followRenames'],
  },
  'bitbucket.getCommit': {
    summary: 'Get a commit',
    successes: {
      ok: {
        status: 200,
        rule: 'the commit of an id, a branch, a tag or a tag object, with its parents',
        evidence: [
          recording(
            `${records.several}: the id of a tag object leads to its commit, parents are expanded once`,
          ),
          documentation(`${pages.core}, get commit`),
          SHAPE,
          inferred('that any revision of git is understood'),
        ],
      },
      moved,
    },
    failures: [...inRepository, 'revision-unknown'],
    refusals: ['identifier-looks-like-option'],
    provenBy: [],
    missing: ['path'],
  },
} as const satisfies Record<string, OperationEvidence<RefusalName>>
