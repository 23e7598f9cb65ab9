import { documentation, inferred, type Rule, recording, ruleOf, source } from '../../evidence.ts'

const MEASURED = inferred('git 2.39 for-each-ref, which Gitaly runs, measured')
const REFS = source('Gitaly, internal/gitaly/service/ref')

export const orderings = {
  'tags-updated': ruleOf(
    'By the date of the tagger, or of the committer where the tag is lightweight; ties by name ascending in both ' +
      'directions; 13: by the commit, and descending is the plain reverse.',
    REFS,
    MEASURED,
    recording('packit/ogr’s recorded answers of 2020: ties by name descending', { until: '13.12' }),
  ),
  'tags-name': ruleOf(
    'By the bytes of the name; descending unless sort says otherwise. 13: naturally, numbers by their value.',
    REFS,
    MEASURED,
    inferred('that names went naturally until about 14.3', { until: '13.12' }),
  ),
  'tags-version': ruleOf(
    'Numbers in names by their value, without a rule for pre-releases; other parts by bytes.',
    source('lib/api/tags.rb', { since: '15.4' }),
    MEASURED,
  ),
  'exact-match-first': ruleOf(
    'A ref that is the search term, ignoring case, comes first; not where the term has ^, $ or *.',
    source('app/finders/git_refs_finder.rb'),
    source('spec/finders/tags_finder_spec.rb'),
  ),
  'branches-named': ruleOf('By the bytes of the name, ascending.', source('lib/api/branches.rb'), MEASURED),
  'branches-updated': ruleOf(
    'By the date of the committer when sort is updated_asc or updated_desc; ties by name.',
    source('app/finders/branches_finder.rb'),
    MEASURED,
  ),
  'commits-dated': ruleOf(
    'Newest first by the date of the committer, as git log.',
    documentation('Commits API'),
    inferred('git 2.39 log, measured'),
  ),
  'commits-topological': ruleOf(
    'With order=topo no parent before its children, as git log --topo-order.',
    documentation('Commits API'),
    inferred('git 2.39 log, measured'),
  ),
  'compared-oldest-first': ruleOf(
    'Commits of a comparison are the only ones that come oldest first.',
    documentation('Repositories API, Compare branches, tags or commits'),
    inferred('lib/api/entities/compare.rb, where the last one is the commit of to'),
  ),
  'refs-of-commit': ruleOf(
    'Branches before tags, each by the bytes of their names.',
    source('lib/api/commits.rb'),
    inferred('the order of git for-each-ref'),
  ),
  'diffs-by-path': ruleOf('By path, in the order of git diff.', inferred('git 2.39 diff, measured')),
  'tree-folders-first': ruleOf(
    'Folders, then files, then submodules, each by the order of git.',
    source('app/models/tree.rb, sorted_entries'),
  ),
  'releases-dated': ruleOf(
    'By released_at or created_at, newest first; ties by the order of creation, in the same direction.',
    source('app/finders/releases_finder.rb and app/models/release.rb, sort_by_attribute'),
    inferred('a stable list: nothing is known of ties'),
  ),
  'links-newest-first': ruleOf(
    'By the time of creation, the newest first; ties by id.',
    source('app/models/releases/link.rb, sorted'),
    inferred('an order of creation: nothing is known of ties'),
  ),
  'projects-ordered': ruleOf(
    'By the key of order_by, newest first unless sort says otherwise; ties by id in the same direction.',
    source('lib/api/projects.rb'),
    inferred('the tie-breaker of keyset pages; stars do not exist and go by id'),
  ),
  'projects-of-group': ruleOf(
    'The projects within a group come newest first.',
    inferred('the default scope of the projects in lib/api/entities/group_detail.rb'),
  ),
  'groups-ordered': ruleOf(
    'By name unless order_by says otherwise, ascending, ignoring case; ties by id in the same direction.',
    source('lib/api/groups.rb'),
    source('lib/api/helpers.rb, order_options_with_tie_breaker'),
  ),
  'users-newest-first': ruleOf('By id, the newest first; there are no ties.', source('lib/api/users.rb')),
  'by-id': ruleOf(
    'By id, the oldest first; there are no ties.',
    inferred('a list without an order, in the order of the table'),
  ),
} satisfies Record<string, Rule>
