import { documentation, inferred, type Rule } from '../../evidence.ts'
import { pages } from './sources.ts'

const TIES = inferred('ties go by name, ascending in byte order, in either direction')

export const orderings = {
  tags: {
    rule: 'by update, creation or name, descending unless told, names too; ties by name; what has no date last',
    evidence: [
      documentation(`${pages.api}, list tags: order_by updated, sort desc`),
      inferred('update: the date of the commit; creation: the date of the tagger, or of the commit'),
      TIES,
    ],
  },
  'old-tags-by-date': {
    rule: 'tags of v2: newest commit first; ties by name',
    evidence: [inferred('the default of v4'), TIES],
  },
  'protected-tags-by-id': { rule: 'in the order in which they were made', evidence: [inferred('their ids')] },
  'refs-by-name': {
    rule: 'ascending by name in byte order',
    evidence: [inferred('nothing is documented')],
  },
  'commit-refs': {
    rule: 'branches before tags, each ascending by name in byte order',
    evidence: [inferred('nothing is documented')],
  },
  branches: {
    rule: 'by date of the commit, newest first unless told, or by name; ties by name',
    evidence: [documentation(`${pages.api}, list branches: sort, updated_desc`), TIES],
  },
  'commits-by-date': {
    rule: 'newest first as git walks them, or with order_by_date=false no parent before its children',
    evidence: [documentation(`${pages.api}, list commits: order_by_date`), inferred('git log, for ties')],
  },
  'compared-commits': {
    rule: 'oldest first',
    evidence: [inferred('GitLab, from which the engine descends')],
  },
  'repositories-by-id': { rule: 'ascending by id', evidence: [inferred('nothing is documented')] },
  'hooks-by-id': { rule: 'ascending by id', evidence: [inferred('nothing is documented')] },
} satisfies Record<string, Rule>
