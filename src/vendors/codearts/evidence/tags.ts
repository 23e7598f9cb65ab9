import { client, documentation, inferred, type OperationEvidence } from '../../evidence.ts'
import type { RefusalName } from './refusals.ts'
import { inRepository, ofBody, ofChange, ofName, ofNumbers, ofText, SDK } from './shared.ts'
import { clients, pages, SIBLING } from './sources.ts'

const MODEL = client(`${clients.sdk}: names and order of the fields`)
const COMMIT = inferred('fields of a commit that nothing is known of are null')

export const tags = {
  'codearts.listTags': {
    summary: 'List tags',
    successes: {
      ok: {
        status: 200,
        rule: 'a bare array of tags, `target` the commit of annotated tags too',
        evidence: [
          documentation(`${pages.api}, list tags`),
          MODEL,
          client('a client of v4 that deletes a tag only if can_delete is true'),
          inferred(`the empty message of a lightweight tag: ${SIBLING}`),
          inferred('the search: a part of the name, whatever the case'),
          inferred('what views add: the same of branches'),
          inferred('what can_delete, can_read and can_download depend on: their names'),
        ],
      },
    },
    failures: inRepository,
    refusals: [...ofNumbers, ...ofText, 'parameter-not-a-choice'],
    orderings: ['tags'],
    provenBy: [SDK],
    missing: ['signatures of tags are shown and never verified'],
  },
  'codearts.createTag': {
    summary: 'Create a tag, annotated if it has a message',
    successes: {
      created: {
        status: 201,
        rule: 'the new tag with its commit; there is no Location',
        evidence: [documentation(`${pages.api}, create a tag`), MODEL, COMMIT],
      },
    },
    failures: [...inRepository, ...ofChange, 'tag-protected', 'ref-conflict'],
    refusals: [
      ...ofNumbers,
      ...ofText,
      ...ofBody,
      'parameter-missing',
      'tag-name-invalid',
      'null-character',
      'name-pattern-missed',
      'tag-exists',
      'tag-named-like-branch',
      'ref-unknown',
    ],
    provenBy: [SDK],
  },
  'codearts.getTag': {
    summary: 'Show a tag',
    successes: {
      ok: {
        status: 200,
        rule: 'the tag of exactly that name, with its commit',
        evidence: [
          documentation(`${pages.api}, show a tag`),
          MODEL,
          COMMIT,
          inferred('that refs/tags/ is no part of a name'),
        ],
      },
    },
    failures: [...inRepository, 'ref-missing'],
    refusals: ofName,
    provenBy: [SDK],
  },
  'codearts.deleteTag': {
    summary: 'Delete a tag',
    successes: {
      deleted: {
        status: 204,
        rule: 'the tag is gone',
        evidence: [
          documentation(`${pages.api}, delete a tag`),
          client(`${clients.core}: the name stands in the query`),
        ],
      },
    },
    failures: [...inRepository, ...ofChange, 'tag-protected', 'ref-missing'],
    refusals: ofName,
    provenBy: [SDK],
  },
} as const satisfies Record<string, OperationEvidence<RefusalName>>
