import { type Break, body, DELETE, list, nth, ONE, on, POST, renamed, status } from './break.ts'

const MAKES = 'makes tags of all names that git accepts'
const GIT = 'refuses names that git refuses'

/** Of the first tag of the story, which has a long name. */
const LONG = `"c-broken-long-${'n'.repeat(150)}"`

export const names: readonly Break[] = [
  { step: MAKES, check: `${LONG} is taken`, spoil: nth(0, status(400)) },
  { step: MAKES, check: 'the answer has the name as it was given', spoil: nth(2, renamed) },
  {
    step: 'finds each by its name',
    check: `${LONG} is found`,
    spoil: on(
      ONE,
      body<{ name: string }>((tag) => ({ ...tag, name: tag.name.slice(0, 100) })),
    ),
  },
  {
    step: 'lists each once',
    check: 'the list has them all, and each once',
    spoil: list((tags) => tags.filter(({ name }) => !name.includes('%'))),
  },
  {
    step: 'lists each once',
    check: 'the list has them all, and each once',
    spoil: list((tags) => [...tags, ...tags.filter(({ name }) => name.includes('%'))]),
  },
  {
    step: GIT,
    check: '"c-broken-bad0 space" is refused in the way of this vendor',
    spoil: on(POST, status(201)),
  },
  {
    step: GIT,
    check: 'nothing is left behind',
    spoil: list((tags) => [...tags, { ...tags[0], name: 'c-broken-bad21.lock' }]),
  },
  {
    step: 'refuses names that are against its own rules',
    check: '"-c-broken-dash" is refused in the way of this vendor',
    spoil: on(POST, status(201)),
  },
  { step: 'deletes each by its name', check: `${LONG} is deleted`, spoil: on(DELETE, status(404)) },
  {
    step: 'deletes each by its name',
    check: 'none of them is listed any more',
    spoil: list((tags) => tags.map((tag) => ({ ...tag, name: 'c-broken-odd0-a%b' }))),
  },
]
