import { client, documentation, inferred, type OperationEvidence, recording } from '../../evidence.ts'
import type { RefusalName } from './refusals.ts'
import { CLIENT, inRepository, inWritable, moved, ofBody } from './shared.ts'
import { pages, records } from './sources.ts'

/** One object describes a tag, whichever resource shows it. */
const SHAPE = [
  recording(
    `${records.goScm} of 2018, ${records.jenkins} of 2023: keys, their order, hash null when lightweight`,
  ),
  documentation(`${pages.forEachRef}: latestCommit is the peeled object, hash the tag object`),
  inferred('the peeled end of a tag of a tag: git 2.45 and later'),
] as const

const OF_CREATION = ['repository-empty', 'ref-name-invalid', 'ref-exists', 'ref-conflict'] as const

const OF_START_POINT = ['start-point-unknown', 'identifier-looks-like-option'] as const

export const tags = {
  'bitbucket.listTags': {
    summary: 'List tags',
    successes: {
      ok: {
        status: 200,
        rule: 'a page of tags whose short names contain the text, ignoring case',
        evidence: [
          documentation(`${pages.core}, get tags; ${pages.paging}`),
          ...SHAPE,
          recording(`${records.jenkins}: nextPageStart is absent on the last page`),
          inferred('that a text may stand anywhere in the name: the filter of the web pages'),
          inferred('at most 1000: default of page.max.tags'),
          inferred('numbers that make no sense count as absent: nothing is known of them'),
        ],
      },
      moved,
    },
    failures: inRepository,
    refusals: [],
    orderings: ['tags-by-date', 'tags-by-name'],
    provenBy: [CLIENT],
  },
  'bitbucket.createTag': {
    summary: 'Create a tag, annotated if it has a message',
    successes: {
      ok: {
        status: 200,
        rule: 'the new tag; force and type are no part of this resource',
        evidence: [
          recording(records.community),
          documentation(`${pages.core}, create tag: name, startPoint and message`),
          client('b1ff/atlassian-dc-mcp, pull request 49: a message makes an annotated tag'),
          ...SHAPE,
          inferred('a blank message makes a lightweight tag'),
        ],
      },
      moved,
    },
    failures: [...inWritable, ...OF_CREATION],
    refusals: [...ofBody, ...OF_START_POINT],
    provenBy: [CLIENT],
    missing: ['hooks and branch restrictions of a repository are not asked'],
  },
  'bitbucket.getTag': {
    summary: 'Get a tag',
    successes: {
      ok: {
        status: 200,
        rule: 'the tag of that short or full name, slashes as they are',
        evidence: [
          documentation(`${pages.core}, get tag: the path {name:.*}`, { since: '4.6' }),
          client('jenkinsci/bitbucket-branch-source-plugin, pull request 1005: slashes are sent as they are'),
          ...SHAPE,
          inferred('that the full name is understood, too'),
        ],
      },
      moved,
    },
    failures: inRepository,
    refusals: ['unknown-in-this-version', 'tag-missing'],
    provenBy: [CLIENT],
  },
  'bitbucket.createGitTag': {
    summary: 'Create a tag of a type, by force if need be',
    successes: {
      created: {
        status: 201,
        rule: 'the new tag, or with force the one that now stands elsewhere; there is no Location',
        evidence: [
          documentation(`${pages.git}, create a tag`),
          recording(records.community),
          client(`${records.automation}: force and type as texts, a lightweight tag drops its message`),
          ...SHAPE,
          inferred('without a type the message decides; no Location since none has been seen'),
        ],
      },
      moved,
    },
    failures: [...inWritable, ...OF_CREATION],
    refusals: [...ofBody, ...OF_START_POINT, 'unknown-constant', 'annotated-without-message'],
    provenBy: [CLIENT],
    missing: ['hooks and branch restrictions of a repository are not asked'],
  },
  'bitbucket.deleteTag': {
    summary: 'Delete a tag',
    successes: {
      deleted: {
        status: 204,
        rule: 'the tag is gone from git; 4.5.2 goes on showing it on its pages',
        evidence: [
          documentation(`${pages.git}, delete a tag`),
          recording(records.community),
          inferred('that the full name is understood, too'),
        ],
      },
      moved,
    },
    failures: [...inWritable, 'ref-missing'],
    refusals: ['repository-empty-on-delete'],
    provenBy: [CLIENT],
    missing: ['hooks and branch restrictions of a repository are not asked'],
  },
  'bitbucket.listTagMatches': {
    summary: 'List the tags that the web pages show',
    successes: {
      ok: {
        status: 200,
        rule: 'a page of the tags in the index of the pages, of all commits or of those that are asked for',
        evidence: [
          inferred(`that pages have an index of their own: ${records.community}`),
          inferred('the address and the shape, which nobody documents'),
        ],
      },
      moved,
    },
    failures: inRepository,
    refusals: [],
    orderings: ['tag-index-by-name'],
    provenBy: [],
    missing: ['the array per commit that the pages are sent'],
  },
} as const satisfies Record<string, OperationEvidence<RefusalName>>
