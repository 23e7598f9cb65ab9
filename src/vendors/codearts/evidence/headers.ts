import { client, documentation, inferred, type Rule } from '../../evidence.ts'
import { clients, pages } from './sources.ts'

export const headers = {
  'content-type': {
    rule: 'JSON is application/json;charset=UTF-8, of refusals too',
    evidence: [
      documentation(`${pages.api}: JSON in UTF-8`),
      inferred('the spelling: the framework behind such services'),
    ],
  },
  'content-type-of-nothing': {
    rule: 'a 204 has no Content-Type',
    evidence: [inferred('what is not there has no type')],
  },
  'x-request-id': {
    rule: 'X-Request-Id names each request, in 32 hexadecimal digits',
    evidence: [client(`${clients.core} puts it into its exceptions`), inferred('the form')],
  },
  'x-total': {
    rule: 'X-Total is how many entries there are before paging; lists have no Link',
    evidence: [
      documentation(`${pages.api}, list tags`),
      client(`${clients.sdk}: response header X-Total`),
      inferred('lists whose pages do not name it: the same of protected tags, refs, hooks, repositories'),
    ],
  },
  'x-total-of-one': {
    rule: 'X-Total is 1 where one tag is shown',
    evidence: [documentation(`${pages.api}, show a tag`)],
  },
  'x-subject-token': {
    rule: 'X-Subject-Token holds a new token of IAM',
    evidence: [documentation(pages.iam)],
  },
  language: {
    rule: 'X-Language: zh-cn has the 401 and the 403 of v4 in Chinese; codes stay',
    evidence: [
      documentation(`${pages.api}, Chinese edition: the same answers`),
      inferred('that X-Language chooses'),
    ],
  },
} satisfies Record<string, Rule>
