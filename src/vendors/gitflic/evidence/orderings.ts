import { documentation, inferred, type Rule, recording, ruleOf } from '../../evidence.ts'

const CHOICE = inferred('nothing: the order is not documented and a choice')

export const orderings = {
  'tags-annotated-first': ruleOf(
    'Annotated tags first, by the date of the tagger, newest first; then lightweight ones; ties by the bytes of the ' +
      'name, ascending. With the quirk tagOrderByName by name alone.',
    documentation('API, Tags: the sample is newest first'),
    recording('the web page of tags of a project on gitflic.ru, which is not the API'),
    inferred('nothing for ties: on that page lightweight tags are in no order that could be told'),
  ),
  'branches-named': ruleOf('By the bytes of the name, ascending; there are no ties.', CHOICE),
  'commits-dated': ruleOf(
    'Newest first by the date of the committer, as git log.',
    inferred('git log, JGit’s too'),
  ),
  'releases-newest-first': ruleOf(
    'By the time of creation, newest first; ties by the order of creation.',
    CHOICE,
  ),
  'rules-by-creation': ruleOf('In the order of creation.', CHOICE),
  'webhooks-by-creation': ruleOf('In the order of creation.', CHOICE),
  'as-created': ruleOf('In the order in which the world has them.', CHOICE),
} satisfies Record<string, Rule>
