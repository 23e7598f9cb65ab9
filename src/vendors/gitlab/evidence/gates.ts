import type { FailureCode } from '../../../failure.ts'
import { documentation, inferred, type OutcomeRule, outcome, source } from '../../evidence.ts'

/** What operations share: what has to be passed before they begin, and answers that come in the place of theirs. */

/** Until a project is found, for a GET; that follows a project to its new path. */
export const READ_PROJECT = ['project-missing', 'project-hidden'] as const satisfies readonly FailureCode[]
export const READ_CODE = [...READ_PROJECT, 'feature-hidden', 'repository-missing'] as const

/** The same for all other methods. */
export const PROJECT = [...READ_PROJECT, 'project-moved'] as const
export const CODE = [...READ_CODE, 'project-moved'] as const

export const WRITE = ['role-too-low', 'project-archived'] as const satisfies readonly FailureCode[]

const NOT_MODIFIED: OutcomeRule = outcome(
  304,
  'A GET whose If-None-Match names the entity tag of the answer gets no body.',
  documentation('REST API, Status codes: 304'),
  inferred('Rack::ETag and Rack::ConditionalGet, measured'),
)

const MOVED: OutcomeRule = outcome(
  301,
  'A GET of a former path is sent on to the number of the project, query included.',
  source('lib/api/helpers.rb, find_project!'),
  documentation('REST API, Redirects'),
)

/** In the place of an answer of any GET. */
export const READS = { 'not-modified': NOT_MODIFIED }
/** In the place of an answer of a GET about a project. */
export const PROJECT_READS = { ...READS, moved: MOVED }
/** Where the answer has no entity tag. */
export const UNTAGGED_READS = { moved: MOVED }

/** Clients that our tests run. */
export const GITBEAKER = '@gitbeaker/rest'
export const PYTHON = 'python-gitlab'
export const GIT = 'git for-each-ref'
