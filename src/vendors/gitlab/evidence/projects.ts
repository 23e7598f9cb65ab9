import { documentation, type OperationEvidence, outcome, source } from '../../evidence.ts'
import { GITBEAKER, PROJECT_READS, PYTHON, READ_PROJECT, READS } from './gates.ts'
import type { RefusalName } from './refusals.ts'

const PROJECTS = source('lib/api/projects.rb')
const SHAPE = source('lib/api/entities/project.rb')
const GROUPS = source('lib/api/groups.rb')
const NAMESPACES = source('lib/api/namespaces.rb')
const FILTERS = source('app/finders/projects_finder.rb')
const LIST = ['projects-ordered'] as const
const UNKNOWN_FIELDS = ['keys of features that do not exist here: CI, issues, merge requests'] as const

/** Projects, and whose they are. */
export const projects = {
  'gitlab.getProject': {
    summary: 'Get a project',
    successes: {
      ok: outcome(
        200,
        'The project; permissions only for somebody who is signed in.',
        PROJECTS,
        SHAPE,
        documentation('Projects API, Get a single project'),
      ),
      ...PROJECT_READS,
    },
    failures: READ_PROJECT,
    refusals: [],
    provenBy: [GITBEAKER, PYTHON],
    missing: UNKNOWN_FIELDS,
  },
  'gitlab.listProjects': {
    summary: 'List projects',
    successes: {
      page: outcome(200, 'One page of projects that the caller may see.', PROJECTS, FILTERS, SHAPE),
      'keyset-page': outcome(
        200,
        'Keyset pages go by id, in a Link without totals.',
        source('lib/api/helpers/pagination_strategies.rb'),
        documentation('REST API, Keyset-based pagination'),
      ),
      ...READS,
    },
    failures: [],
    refusals: ['parameter-invalid', 'keyset-order-unsupported'],
    orderings: LIST,
    provenBy: [GITBEAKER],
    missing: UNKNOWN_FIELDS,
  },
  'gitlab.listUserProjects': {
    summary: 'List projects of a user',
    successes: {
      page: outcome(200, 'One page of the projects of a user.', PROJECTS, FILTERS, SHAPE),
      ...READS,
    },
    failures: [],
    refusals: ['parameter-invalid', 'user-not-found', 'keyset-order-unsupported'],
    orderings: LIST,
    provenBy: [],
    missing: UNKNOWN_FIELDS,
  },
  'gitlab.listGroups': {
    summary: 'List groups',
    successes: {
      page: outcome(
        200,
        'One page of groups that the caller may see.',
        GROUPS,
        source('lib/api/entities/group.rb'),
      ),
      ...READS,
    },
    failures: [],
    refusals: ['parameter-invalid'],
    orderings: ['groups-ordered'],
    provenBy: [GITBEAKER],
    missing: ['settings of groups that nothing here looks at'],
  },
  'gitlab.getGroup': {
    summary: 'Get a group',
    successes: {
      ok: outcome(
        200,
        'The group with its projects, which are shown as to nobody in particular.',
        GROUPS,
        source('lib/api/entities/group_detail.rb'),
      ),
      ...READS,
    },
    failures: [],
    refusals: ['parameter-invalid', 'group-not-found'],
    orderings: ['projects-of-group'],
    provenBy: [GITBEAKER],
  },
  'gitlab.listGroupProjects': {
    summary: 'List projects of a group',
    successes: { page: outcome(200, 'One page of the projects of a group.', GROUPS, SHAPE), ...READS },
    failures: [],
    refusals: ['parameter-invalid', 'group-not-found', 'keyset-order-unsupported'],
    orderings: LIST,
    provenBy: [GITBEAKER],
    missing: ['projects of subgroups', 'projects shared with the group'],
  },
  'gitlab.listNamespaces': {
    summary: 'List namespaces',
    successes: { page: outcome(200, 'One page of namespaces that the caller is in.', NAMESPACES), ...READS },
    failures: [],
    refusals: ['parameter-invalid'],
    orderings: ['by-id'],
    provenBy: [GITBEAKER],
  },
  'gitlab.getNamespace': {
    summary: 'Get a namespace',
    successes: { ok: outcome(200, 'The namespace.', NAMESPACES), ...READS },
    failures: ['owner-missing'],
    refusals: [],
    provenBy: [GITBEAKER],
  },
} as const satisfies Record<string, OperationEvidence<RefusalName>>
