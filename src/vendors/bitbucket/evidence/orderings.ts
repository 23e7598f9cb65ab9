import { documentation, inferred, type Rule, recording } from '../../evidence.ts'
import { pages, records } from './sources.ts'

const GIT = "git 2.39 breaks ties of a date by the ref's full name in byte order, in either direction"

export const orderings = {
  'tags-by-date': {
    rule: 'newest first, by tagger date or committer date, what leads to no commit last; ties by name in byte order',
    evidence: [
      recording(`${records.jenkins}: pages of tags without orderBy`),
      documentation(`${pages.forEachRef}: --sort=-creatordate`),
      inferred(`ties: ${GIT}`),
    ],
  },
  'tags-by-name': {
    rule: 'ALPHABETICAL: ascending by name in byte order, upper case before lower case',
    evidence: [
      documentation(`${pages.core}, get tags: orderBy`),
      inferred('byte order: for-each-ref of git'),
    ],
  },
  'tag-index-by-name': {
    rule: 'the tags of the web pages, ascending by name in byte order',
    evidence: [inferred('nobody documents the resource')],
  },
  'branches-by-date': {
    rule: 'most recent commit first, by committer date; ties by name in byte order',
    evidence: [recording(`${records.jenkins}: pages of branches without orderBy`), inferred(`ties: ${GIT}`)],
  },
  'branches-by-name': {
    rule: 'ALPHABETICAL: ascending by name in byte order',
    evidence: [
      documentation(`${pages.core}, get branches: orderBy`),
      inferred('byte order: for-each-ref of git'),
    ],
  },
  'branches-boosted': {
    rule: 'boostMatches: exact matches, then those that begin with the text, then others; each as they were',
    evidence: [
      documentation(`${pages.core}, get branches: boostMatches`),
      inferred('ignoring case, as the filter does'),
    ],
  },
  'commits-by-date': {
    rule: 'newest committer date first, no commit before it can be reached; ties as git walks them',
    evidence: [documentation(`${pages.core}, get commits`), inferred('git rev-list, which the server runs')],
  },
  'pull-requests-by-date': {
    rule: 'newest first or, with OLDEST, last; by date of creation, ties by number',
    evidence: [
      documentation(`${pages.core}, get pull requests for repository: order`),
      inferred('the date of creation, and ties'),
    ],
  },
  'projects-by-name': {
    rule: 'ascending by name, ignoring case',
    evidence: [inferred('the web pages; nothing is documented')],
  },
  'repositories-by-slug': {
    rule: 'ascending by slug, ties by id',
    evidence: [inferred('the web pages; nothing is documented')],
  },
  'webhooks-by-age': {
    rule: 'in the order in which they were made',
    evidence: [inferred('nothing is documented')],
  },
} satisfies Record<string, Rule>
