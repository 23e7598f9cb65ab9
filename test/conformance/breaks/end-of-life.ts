import { type Break, body, DELETE, list, MISSING, ONE, on, phantom, status } from './break.ts'
import { OBSERVED, type ObservedPage, observed } from './observed.ts'

export const endOfLife: readonly Break[] = [
  { step: 'deletes a tag', check: 'a deletion succeeds', spoil: status(200) },
  { step: 'deletes a tag', check: 'its answer has no body', spoil: body(() => ({ status: 'success' })) },
  { step: 'finds it no more', check: 'a look-up finds nothing', spoil: on(ONE, phantom) },
  {
    step: 'finds it no more',
    check: 'the list has nothing of it',
    spoil: list((tags) => tags.map((tag) => ({ ...tag, name: 'c-broken-annotated' }))),
  },
  { step: 'leaves other tags alone', check: 'the light tag is there', spoil: MISSING },
  { step: 'deletes a light tag', check: 'a look-up finds nothing', spoil: on(ONE, phantom) },
  { step: 'deletes a light tag', check: 'a deletion succeeds', spoil: on(DELETE, status(500)) },
  {
    step: 'shows git nothing of it',
    check: 'git sees it',
    git: () => ({ tags: async () => ({ has: () => true }) as never }),
  },
  {
    step: 'shows the other vendors nothing of it',
    check: 'bitbucket finds nothing',
    spoil: on(OBSERVED, (_, answer) => ({ ...answer, status: 200, body: { displayId: 'x', hash: null } })),
  },
  {
    step: 'shows the other vendors nothing of it',
    check: 'bitbucket lists nothing',
    spoil: observed<ObservedPage>((page) =>
      typeof page === 'object' && 'values' in page
        ? { ...page, values: page.values.map((tag) => ({ ...tag, displayId: 'c-broken-annotated' })) }
        : page,
    ),
  },
  {
    step: 'refuses to delete what is not there',
    check: 'it is refused in the way of this vendor',
    spoil: status(204),
  },
  { step: 'makes a tag of a name that was free again', check: 'a create succeeds', spoil: status(400) },
  {
    step: 'makes a tag of a name that was free again',
    check: 'it leads to where it was made',
    spoil: body<object>((tag) => ({ ...tag, commit: { id: 'a' } })),
  },
]
