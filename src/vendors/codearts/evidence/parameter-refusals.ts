import { inferred, type RefusalRule } from '../../evidence.ts'
import { pages } from './sources.ts'

/** One answer for whatever is wrong with a parameter; only its words tell. */
const INVALID = [
  inferred(
    `${pages.errors}: 'body': The body is out of max length (8000 characters). That is of other calls of v4`,
  ),
] as const

const NAMES = [inferred(`${pages.tagNames}; that the API asks what the console asks`), ...INVALID] as const

/** Parameters of path, query and body that do not fit. */
export const parameterRefusals = {
  'parameter-missing': { status: 400, rule: 'a required parameter must be there', evidence: INVALID },
  'parameter-empty': {
    status: 400,
    rule: 'a text or list that needs at least one entry cannot be empty',
    evidence: INVALID,
  },
  'parameter-too-long': {
    status: 400,
    rule: 'a text is no longer than its limit, 2000 characters for names and 200 for new ones',
    evidence: [...INVALID, inferred('the 200: documented for names of branches')],
  },
  'parameter-type-wrong': {
    status: 400,
    rule: 'nothing is turned into another type; an id that is no number is a bad request',
    evidence: INVALID,
  },
  'parameter-out-of-range': {
    status: 400,
    rule: 'a number out of its range is refused and never clamped',
    evidence: [inferred(`${pages.api}: ranges of ids, offsets and limits`), ...INVALID],
  },
  'parameter-not-a-choice': {
    status: 400,
    rule: 'a value is one of those that are listed',
    evidence: [inferred(`${pages.api}: enumerated values`), ...INVALID],
  },
  'tag-name-invalid': {
    status: 400,
    rule: 'the name of a new tag follows the rules of the console and of git',
    evidence: NAMES,
  },
  'branch-name-invalid': {
    status: 400,
    rule: 'the name of a new branch follows the rules of the console and of git',
    evidence: NAMES,
  },
  'rule-name-invalid': {
    status: 400,
    rule: 'the name of a protected tag has no spaces',
    evidence: [inferred(`${pages.api}, protected tags of v2: no spaces`), ...INVALID],
  },
  'null-character': {
    status: 400,
    rule: 'texts that git keeps have no null characters',
    evidence: [inferred('git cannot keep them')],
  },
  'regex-invalid': {
    status: 400,
    rule: 'a pattern is a regular expression',
    evidence: [inferred('the names of the settings')],
  },
  'date-invalid': { status: 400, rule: 'a date can be read', evidence: INVALID },
  'project-id-invalid': {
    status: 400,
    rule: 'the id of a project is 32 hexadecimal digits',
    evidence: [inferred(`${pages.api}: project_id`), ...INVALID],
  },
  'url-invalid': {
    status: 400,
    rule: 'the address of a webhook is an http or https address',
    evidence: [inferred('nothing else could be delivered to')],
  },
} satisfies Record<string, RefusalRule>
