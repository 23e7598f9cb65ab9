import { inferred, type OperationEvidence, outcome, recording, source } from '../../evidence.ts'
import { GITBEAKER, PROJECT, PROJECT_READS, READ_PROJECT, UNTAGGED_READS, WRITE } from './gates.ts'
import type { RefusalName } from './refusals.ts'

const API = source('lib/api/releases.rb')
const SPEC = source('spec/requests/api/releases_spec.rb')
const SHAPE = source('lib/api/entities/release.rb')
const RECORDED = recording('packit/ogr’s recorded answers')
const ORDER = inferred('packit/ogr’s recorded answers, lib/api/entities/release.rb: the order of the keys')
const PARTS = ['evidence files', 'milestones']

/** Releases, each of which belongs to a tag. */
export const releases = {
  'gitlab.listReleases': {
    summary: 'List releases',
    successes: { ok: outcome(200, 'One page of releases.', API, SPEC, SHAPE, ORDER), ...PROJECT_READS },
    failures: [...READ_PROJECT, 'feature-hidden'],
    refusals: ['parameter-invalid'],
    orderings: ['releases-dated'],
    provenBy: [GITBEAKER],
    missing: [...PARTS, 'updated_before, updated_after'],
  },
  'gitlab.createRelease': {
    summary: 'Create a release',
    successes: {
      'of-tag': outcome(201, 'Of a tag that exists: ref and tag_message are ignored.', API, SPEC, SHAPE),
      'with-tag': outcome(
        201,
        'With a tag of its own, made from ref, annotated where there is a tag_message.',
        source('app/services/releases/create_service.rb'),
        SPEC,
        RECORDED,
      ),
    },
    failures: [
      ...PROJECT,
      ...WRITE,
      'feature-hidden',
      'repository-missing',
      'tag-protected',
      'release-exists',
      'revision-empty',
      'ref-name-invalid',
      'revision-unknown',
    ],
    refusals: [
      'parameter-invalid',
      'milestone-unknown',
      'release-ref-missing',
      'link-type-unknown',
      'link-invalid',
      'tag-named-like-default-branch',
      'tag-name-prohibited',
      'tag-name-like-sha',
    ],
    provenBy: [GITBEAKER],
    missing: [...PARTS, 'the Release Hook', 'milestone_ids'],
  },
  'gitlab.getRelease': {
    summary: 'Get a release',
    successes: { ok: outcome(200, 'The release of the tag.', API, SPEC, SHAPE, RECORDED), ...PROJECT_READS },
    failures: [...READ_PROJECT, 'feature-hidden', 'release-missing'],
    refusals: ['parameter-invalid', 'absent-release-forbidden'],
    provenBy: [GITBEAKER],
    missing: [...PARTS, 'description_html knows paragraphs only'],
  },
  'gitlab.getLatestRelease': {
    summary: 'Go to the latest release',
    successes: {
      found: outcome(
        302,
        'The release with the latest date, as an address; what follows in the path, and the query, is kept.',
        source('lib/api/releases.rb', { since: '15.4' }),
        inferred('Grape 1.6: the plain text of its redirects'),
      ),
      ...UNTAGGED_READS,
    },
    failures: [...READ_PROJECT, 'feature-hidden', 'release-missing'],
    refusals: [],
    orderings: ['releases-dated'],
    provenBy: [GITBEAKER],
    missing: ['downloads of assets behind it'],
  },
  'gitlab.updateRelease': {
    summary: 'Change a release',
    successes: { updated: outcome(200, 'The release as it is now.', API, SPEC, SHAPE) },
    failures: [...PROJECT, ...WRITE, 'feature-hidden', 'repository-missing', 'tag-protected'],
    refusals: [
      'parameter-invalid',
      'absent-release-forbidden',
      'tag-of-release-missing',
      'release-change-empty',
      'milestone-unknown',
    ],
    provenBy: [GITBEAKER],
    missing: PARTS,
  },
  'gitlab.deleteRelease': {
    summary: 'Delete a release',
    successes: { deleted: outcome(200, 'The release as it was; its tag stays.', API, SPEC) },
    failures: [...PROJECT, ...WRITE, 'feature-hidden', 'repository-missing', 'tag-protected'],
    refusals: ['absent-release-forbidden', 'tag-of-release-missing'],
    provenBy: [GITBEAKER],
  },
} as const satisfies Record<string, OperationEvidence<RefusalName>>
