import {
  client,
  documentation,
  inferred,
  type OperationEvidence,
  outcome,
  recording,
} from '../../evidence.ts'
import { BODY, CODE, OWNER, WRITE } from './gates.ts'
import type { RefusalName } from './refusals.ts'

const PAGE = documentation('API, Tags')
const RULES = documentation('API, Tags, protection of tags')
const PUBLISHER = client('a shell publisher of releases: lists tags, creates one, compares with 200')

/** Tags, and the rules about them that companies and teams keep. */
export const tags = {
  'gitflic.listTags': {
    summary: 'List tags',
    successes: {
      page: outcome(
        200,
        'One page of tags, counted from 0, ten of them unless size says otherwise.',
        PAGE,
        recording('a strict client of ai_review: pages from 0, size=100 honoured'),
        inferred('Spring Data: what is no number is the default, at most 2000, past the end is empty'),
      ),
      empty: outcome(
        200,
        'A page without tags has no _embedded at all.',
        recording('an empty list of branch protections on gitflic.ru'),
        inferred('Spring HATEOAS: content is written only when there is some'),
      ),
    },
    failures: CODE,
    refusals: [],
    orderings: ['tags-annotated-first'],
    provenBy: [],
    missing: ['the rate limit: 429, other than by a fault rule'],
  },
  'gitflic.getTag': {
    summary: 'Get a tag',
    successes: {
      annotated: outcome(
        200,
        'objectId is the tag object, personIdent its tagger, fullMessage the message as it is stored.',
        PAGE,
        inferred('JGit’s RevTag: shortMessage is the first paragraph in one line'),
      ),
      lightweight: outcome(
        200,
        'shortMessage, fullMessage and personIdent are null; no key is left out.',
        documentation('API, Tags, in its older edition (docs.gitflic.space)'),
      ),
      'on-other-object': outcome(
        200,
        'A tag of a tree or a blob has no commitId.',
        inferred('nothing: the page does not speak of such tags'),
      ),
    },
    failures: [...CODE, 'ref-missing'],
    refusals: ['tag-look-up-refused'],
    provenBy: ['curl'],
  },
  'gitflic.createTag': {
    summary: 'Create a tag',
    successes: {
      annotated: outcome(
        200,
        'The tag is annotated, by the owner of the token, now; its message is stored as it came. 200, not 201.',
        PAGE,
        PUBLISHER,
        inferred('JGit’s tag command: no newline is added, and without a message there is an empty one'),
      ),
      lightweight: outcome(
        200,
        'With the quirk lightweightWhenNoMessage a tag without a message is lightweight.',
        client('gf and gitflic-mcp say so, without evidence'),
      ),
    },
    failures: [
      ...CODE,
      ...WRITE,
      'ref-missing',
      'revision-unknown',
      'object-missing',
      'tag-protected',
      'ref-exists',
      'ref-conflict',
    ],
    refusals: BODY,
    provenBy: [],
    missing: ['names with a part that ends in .lock in the middle, which JGit takes'],
  },
  'gitflic.listTagRules': {
    summary: 'List the tag rules of a company or team',
    successes: { page: outcome(200, 'One page of rules, as restTagProtectionModelList.', RULES) },
    failures: OWNER,
    refusals: [],
    orderings: ['rules-by-creation'],
    provenBy: [],
  },
  'gitflic.getTagRule': {
    summary: 'Get a tag rule',
    successes: {
      ok: outcome(200, 'The rule.', RULES, inferred('ownerType TEAM for teams; the page shows companies')),
    },
    failures: [...OWNER, 'rule-missing'],
    refusals: [],
    provenBy: [],
  },
  'gitflic.createTagRule': {
    summary: 'Create a tag rule',
    successes: {
      ok: outcome(
        200,
        'The rule; it acts on no project until it is applied.',
        RULES,
        inferred('the wording of the owner’s settings: rules are templates'),
      ),
    },
    failures: [...OWNER, 'rule-exists'],
    refusals: BODY,
    provenBy: [],
  },
  'gitflic.updateTagRule': {
    summary: 'Change a tag rule',
    successes: {
      ok: outcome(200, 'The rule with its new level; a template that is sent is ignored.', RULES),
    },
    failures: [...OWNER, 'rule-missing'],
    refusals: BODY,
    provenBy: [],
  },
  'gitflic.deleteTagRule': {
    summary: 'Delete a tag rule',
    successes: { deleted: outcome(204, 'The rule is gone; copies in projects stay.', RULES) },
    failures: [...OWNER, 'rule-missing'],
    refusals: [],
    provenBy: [],
  },
  'gitflic.applyTagRules': {
    summary: 'Apply the tag rules to all projects of the owner',
    successes: {
      done: outcome(
        204,
        'Every project has a copy of each rule; one of the same template is overwritten, others stay.',
        RULES,
        inferred('nothing: what becomes of other rules is a choice'),
      ),
    },
    failures: OWNER,
    refusals: [],
    provenBy: [],
  },
} as const satisfies Record<string, OperationEvidence<RefusalName>>
