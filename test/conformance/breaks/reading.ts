import { type Break, body, list, MISSING, renamed, status } from './break.ts'

export const reading: readonly Break[] = [
  { step: 'lists tags', check: 'a list succeeds', spoil: status(500) },
  { step: 'finds listed tags by their names', check: 'a look-up succeeds', spoil: status(500) },
  { step: 'finds listed tags by their names', check: 'both show the same tag', spoil: renamed },
  { step: 'finds listed tags by their names', check: 'both show the same tag', spoil: MISSING },
  {
    step: 'finds listed tags by their names',
    check: 'both show the same tag',
    spoil: body<object>((tag) => ({ ...tag, message: 'another' })),
  },
  { step: 'finds a listed tag by searching', check: 'a search succeeds', spoil: status(500) },
  { step: 'finds a listed tag by searching', check: 'it is among what is found', spoil: list(() => []) },
  {
    step: 'shows git the tags that it lists',
    check: 'git sees a listed tag',
    git: () => ({ tags: async () => new Map() }),
  },
  {
    step: 'shows git the tags that it lists',
    check: 'its ref holds what the API says',
    git: () => ({ tags: async () => ({ has: () => true, get: () => undefined }) as never }),
  },
  {
    step: 'answers that a missing tag is missing',
    check: 'it is refused in the way of this vendor',
    spoil: status(403),
  },
]
