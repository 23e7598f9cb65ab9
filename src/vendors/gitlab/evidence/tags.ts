import {
  documentation,
  inferred,
  type OperationEvidence,
  outcome,
  recording,
  source,
} from '../../evidence.ts'
import { CODE, GIT, GITBEAKER, PROJECT_READS, PYTHON, READ_CODE, WRITE } from './gates.ts'
import type { RefusalName } from './refusals.ts'

const API = 'lib/api/tags.rb'
const PAGER = 'lib/gitlab/pagination/gitaly_keyset_pager.rb'
const ENTITY = source('lib/api/entities/tag.rb')
const RECORDED = recording('packit/ogr’s recorded answers')
const SPEC = source('spec/requests/api/tags_spec.rb')

/** The tags of a repository. */
export const tags = {
  'gitlab.listTags': {
    summary: 'List tags',
    successes: {
      'first-page': outcome(
        200,
        'Page 1 comes straight from git: a search is not paged, the total is that of all tags, sizes are echoed.',
        source(PAGER),
        SPEC,
        recording('apricote/releaser-pleaser issue 488: one page too many on exact multiples', {
          until: '15',
        }),
      ),
      page: outcome(
        200,
        'Any other page is cut out of the filtered list; past its end it is empty, never an error.',
        source('lib/gitlab/pagination/offset_pagination.rb'),
        SPEC,
      ),
      'keyset-page': outcome(
        200,
        'Keyset pages begin after page_token and have no totals.',
        source(PAGER, { since: '14' }),
        SPEC,
        inferred('NGitLab’s tests against a server: page_token alone works on page 1'),
      ),
      ...PROJECT_READS,
    },
    failures: READ_CODE,
    refusals: ['parameter-invalid', 'page-token-unknown'],
    orderings: ['tags-updated', 'tags-name', 'tags-version', 'exact-match-first'],
    provenBy: [GITBEAKER, PYTHON, GIT],
    missing: ['503 for a git server that is down, other than by a fault rule'],
  },
  'gitlab.createTag': {
    summary: 'Create a tag',
    successes: {
      lightweight: outcome(
        201,
        'Without a message, or with a blank one, the tag is lightweight, on the peeled commit; message is "".',
        source(API),
        SPEC,
        RECORDED,
      ),
      annotated: outcome(
        201,
        'With a message the tag is annotated: the caller is its tagger, now, and the message is stripped.',
        source('app/services/tags/create_service.rb'),
        source('Gitaly, internal/gitaly/service/operations/tags.go'),
        inferred('that created_at is there at once: the printed page has it', { since: '16.11' }),
      ),
    },
    failures: [
      ...CODE,
      ...WRITE,
      'revision-empty',
      'ref-name-invalid',
      'revision-unknown',
      'ref-exists',
      'tag-protected',
      'release-exists',
    ],
    refusals: [
      'parameter-invalid',
      'tag-named-like-default-branch',
      'tag-name-prohibited',
      'tag-name-like-sha',
    ],
    provenBy: [GITBEAKER, PYTHON],
    missing: ['refusals by custom hooks of the server'],
  },
  'gitlab.getTag': {
    summary: 'Get a tag',
    successes: {
      lightweight: outcome(200, 'target is the id of the commit, message is "".', ENTITY, RECORDED),
      annotated: outcome(
        200,
        'target is the id of the tag object, commit the peeled one, message without its trailing newlines.',
        ENTITY,
        SPEC,
        documentation('Tags API, Get a single repository tag'),
      ),
      'on-other-object': outcome(
        200,
        'A tag of a tree or a blob shows the head of the default branch as its commit, or null.',
        source('app/models/repository.rb: a commit without an id is the root ref'),
      ),
      ...PROJECT_READS,
    },
    failures: [...READ_CODE, 'ref-missing'],
    refusals: [],
    provenBy: [GITBEAKER, PYTHON, 'curl'],
    missing: ['names with * ? [ are no patterns here, as they were in Gitaly up to 16'],
  },
  'gitlab.deleteTag': {
    summary: 'Delete a tag',
    successes: {
      deleted: outcome(204, 'The tag and its release are gone.', source(API), SPEC),
    },
    failures: [...CODE, ...WRITE, 'ref-missing', 'ref-changed'],
    refusals: ['precondition-failed'],
    provenBy: [GITBEAKER, PYTHON],
    missing: ['refusals by custom hooks of the server', 'what maintainers may not delete: tags of level 0'],
  },
  'gitlab.getTagSignature': {
    summary: 'Get the signature of a tag',
    successes: {
      x509: outcome(
        200,
        'An X.509 signature comes with its certificate and the issuer of that.',
        source('lib/api/entities/tag_signature.rb', { since: '15.7' }),
        documentation('Tags API, Get X.509 signature of a tag'),
      ),
      other: outcome(
        200,
        'A PGP or SSH signature is told by its type alone.',
        source('lib/api/entities/tag_signature.rb', { since: '15.7' }),
      ),
      ...PROJECT_READS,
    },
    failures: [...READ_CODE, 'ref-missing'],
    refusals: ['signature-missing'],
    provenBy: [],
    missing: ['verification: the status is always unverified'],
  },
  'gitlab.createTagRelease': {
    summary: 'Write the release notes of a tag',
    successes: {
      created: outcome(
        201,
        'The tag has a release with that description.',
        source('lib/api/tags.rb of 13.12', { until: '13.12' }),
        recording('NARKOZ/gitlab issue 619: gone with 14.0', { since: '14.0' }),
      ),
    },
    failures: [...CODE, ...WRITE, 'ref-missing', 'tag-protected', 'release-exists'],
    refusals: ['parameter-invalid'],
    provenBy: [],
  },
  'gitlab.updateTagRelease': {
    summary: 'Change the release notes of a tag',
    successes: {
      updated: outcome(
        200,
        'The release of the tag has that description.',
        source('lib/api/tags.rb of 13.12', { until: '13.12' }),
      ),
    },
    failures: [...CODE, ...WRITE, 'tag-protected'],
    refusals: ['parameter-invalid', 'absent-release-forbidden'],
    provenBy: [],
  },
} as const satisfies Record<string, OperationEvidence<RefusalName>>
