import type { StoryAnswer } from '../../../src/conformance/index.ts'
import { type Break, list, nth, type Spoil, status, type Tag } from './break.ts'

const step = 'pages by offset, by default'

const link =
  (change: (link: string) => string): Spoil =>
  (_, answer) => ({ ...answer, headers: { ...answer.headers, link: change(answer.headers.link ?? '') } })

const tagsOf = ({ body }: StoryAnswer) => body as readonly Tag[]

const swapped: Spoil = list((tags) => [...tags.slice(1, 2), ...tags.slice(0, 1), ...tags.slice(2)])

export const paging: readonly Break[] = [
  {
    step: 'knows two commits to tag',
    check: 'there are two of them',
    environment: { commits: ['a'.repeat(40)] },
  },
  { step: 'knows two commits to tag', check: 'there are two of them', spoil: list(() => []) },
  { step: 'makes tags for several pages', check: 'a create succeeds', spoil: status(500) },
  { step: 'lists all tags in pages of 100', check: 'a list succeeds', spoil: status(500) },
  { step, check: 'a page succeeds', spoil: nth(1, status(500)) },
  {
    step,
    check: 'the pages come to an end',
    spoil: link((text) => (text.includes('rel="next"') ? text : `<http://x/?page=1&per_page=4>; rel="next"`)),
  },
  { step, check: 'no page has more than was asked for', spoil: list((tags) => [...tags, ...tags]) },
  {
    step,
    check: 'every page but the last is full',
    spoil: nth(
      0,
      list((tags) => tags.slice(1)),
    ),
  },
  {
    step,
    check: 'every tag comes once',
    spoil: nth(
      1,
      list((tags) => [...tags.slice(1), tags.at(-1)]),
    ),
  },
  // The second page is left out: the link of the first leads to the third.
  {
    step,
    check: 'no tag is left out, and none is new',
    spoil: nth(
      0,
      link((text) => text.replace('page=2', 'page=3')),
    ),
  },
  {
    step,
    check: 'no tag is left out, and none is new',
    spoil: nth(
      1,
      list((tags) => [{ ...(tags[0] as Tag), name: 'new' }, ...tags.slice(1)]),
    ),
  },
  {
    step,
    check: 'the answers know how many there are',
    spoil: nth(2, (_, answer) => ({ ...answer, headers: { ...answer.headers, 'x-total': '7' } })),
  },
  { step, check: 'tags come in the promised order', spoil: swapped },
  { step: 'pages by offset, oldest first', check: 'tags come in the promised order', spoil: reversed() },
  { step: 'pages by offset, by name', check: 'tags come in the promised order', spoil: swapped },
  { step: 'pages by offset, by name, last first', check: 'tags come in the promised order', spoil: swapped },
  { step: 'pages by keyset, by name', check: 'tags come in the promised order', spoil: swapped },
]

function reversed(): Spoil {
  return (_, answer) => ({ ...answer, body: [...tagsOf(answer)].reverse() })
}
