import { outcome, type RefusalRule, source } from '../../evidence.ts'

const CREATE = 'app/services/releases/create_service.rb'
const UPDATE = 'app/services/releases/update_service.rb'
const LINK = 'app/models/releases/link.rb'

/** What is refused of releases and their links. */
export const releaseRefusals = {
  'absent-release-forbidden': outcome(
    403,
    'Nobody may change, delete or (until 14) read a release that is not there: it is forbidden, not missing.',
    source('lib/api/releases.rb, authorize_update_release!'),
    source('spec/requests/api/releases_spec.rb'),
  ),
  'release-ref-missing': outcome(
    422,
    'A release of a tag that does not exist needs a ref to make the tag from.',
    source(CREATE),
  ),
  'release-change-empty': outcome(400, 'A change of a release has to change something.', source(UPDATE)),
  'tag-of-release-missing': outcome(
    404,
    'A release whose tag is gone can be neither changed nor deleted.',
    source(UPDATE),
    source('app/services/releases/destroy_service.rb'),
  ),
  'milestone-unknown': outcome(
    400,
    'A milestone that is named has to exist.',
    source(CREATE),
    source(UPDATE),
  ),
  'link-type-unknown': outcome(
    400,
    'A link of a new release has a type that there is not; the rest of the API finds that as a parameter.',
    source(LINK),
    source(CREATE),
  ),
  'link-invalid': outcome(
    400,
    'A link needs a name and an address of its own within the release, and a path of the right form.',
    source(LINK),
    source('spec/models/releases/link_spec.rb'),
  ),
  'link-not-found': outcome(404, 'The release has no link of that id.', source('lib/api/release/links.rb')),
  'link-change-empty': outcome(
    400,
    'A change of a link has to name a name or an address.',
    source('lib/api/release/links.rb, at_least_one_of'),
  ),
} as const satisfies Record<string, RefusalRule>
