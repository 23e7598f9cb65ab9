import type { GitAccess, GitTag } from '../../../src/conformance/index.ts'
import {
  type Break,
  body,
  list,
  MISSING,
  ONE,
  on,
  POST,
  phantom,
  renamed,
  status,
  twice,
  without,
} from './break.ts'
import { endOfLife } from './end-of-life.ts'
import { OBSERVED, type ObservedPage, observed } from './observed.ts'

const refused = 'it is refused in the way of this vendor'

/** What git says of every tag, instead of the truth. */
const gitSays = (change: (tag: GitTag) => GitTag | undefined) => (real: GitAccess) => ({
  async tags() {
    const tags = [...(await real.tags())]
    return new Map(
      tags.flatMap(([name, tag]): [string, GitTag][] => {
        const changed = change(tag)
        return changed ? [[name, changed]] : []
      }),
    )
  },
})

export const life: readonly Break[] = [
  { step: 'makes a light tag', check: 'a create succeeds', spoil: status(200) },
  {
    step: 'makes a light tag',
    check: 'the answer shows it',
    spoil: body<object>((tag) => ({ ...tag, message: 'x' })),
  },
  { step: 'finds the light tag by its name', check: 'it is the one that was made', spoil: renamed },
  { step: 'lists the light tag', check: 'the list has it once', spoil: twice('-light') },
  { step: 'lists the light tag', check: 'the list has it once', spoil: without('-light') },
  {
    step: 'lists the light tag',
    check: 'the list shows it as it is',
    spoil: list((tags) => tags.map((tag) => ({ ...tag, message: 'another' }))),
  },
  { step: 'finds the light tag by searching', check: 'a search succeeds', spoil: status(500) },
  {
    step: 'finds the light tag by searching',
    check: 'it finds what was searched for, and nothing else',
    spoil: list((tags) => [...tags, ...tags]),
  },
  {
    step: 'shows git the light tag',
    check: 'the ref holds what the API says',
    git: gitSays(() => undefined),
  },
  {
    step: 'shows the other vendors the light tag',
    check: 'bitbucket shows the same',
    spoil: on(OBSERVED, MISSING),
  },
  {
    step: 'shows the other vendors the light tag',
    check: 'bitbucket lists it once',
    spoil: observed<ObservedPage>((page) => ('values' in page ? { ...page, values: [] } : page)),
  },
  { step: 'makes an annotated tag', check: 'a create succeeds', spoil: status(500) },
  {
    step: 'makes an annotated tag',
    check: 'the answer shows it',
    spoil: body<object>((tag) => ({ ...tag, message: 'another' })),
  },
  {
    step: 'makes an annotated tag',
    check: 'the answer shows it',
    spoil: body<{ commit: { id: string } }>((tag) => ({ ...tag, target: tag.commit.id })),
  },
  {
    // CodeArts does not tell; of a vendor that does, an object of its own is what makes a tag an annotated one.
    step: 'makes an annotated tag',
    check: 'the ref holds an object of its own',
    vendor: 'gitflic',
    spoil: body<{ commitId: string }>((tag) => ({ ...tag, objectId: tag.commitId })),
  },
  { step: 'finds the annotated tag by its name', check: 'it is the one that was made', spoil: MISSING },
  { step: 'lists the annotated tag', check: 'the list has it once', spoil: without('-annotated') },
  {
    step: 'shows git the annotated tag, peeled',
    check: 'the ref holds what the API says',
    git: gitSays((tag) => ({ ...tag, object: 'a' })),
  },
  {
    step: 'shows git the annotated tag, peeled',
    check: 'it is of the kind that the API says',
    vendor: 'gitflic',
    git: gitSays((tag) => ({ ...tag, peeled: null })),
  },
  {
    step: 'shows git the annotated tag, peeled',
    check: 'it leads to the commit that the API says',
    git: gitSays((tag) => ({ ...tag, peeled: 'a' })),
  },
  {
    step: 'shows the other vendors the annotated tag',
    check: 'bitbucket shows the same',
    spoil: on(OBSERVED, MISSING),
  },
  { step: 'refuses a duplicate', check: refused, spoil: on(POST, status(201)) },
  { step: 'refuses a duplicate', check: 'the tag is as it was', spoil: on(ONE, MISSING) },
  { step: 'refuses the very same tag again', check: refused, spoil: on(POST, status(200)) },
  { step: 'refuses the very same tag again', check: 'the tag is as it was', spoil: on(ONE, renamed) },
  { step: 'refuses a target that is nowhere', check: refused, spoil: on(POST, status(404)) },
  { step: 'refuses a target that is nowhere', check: 'nothing is left behind', spoil: on(ONE, phantom) },
  {
    step: 'refuses a name below that of a tag',
    check: 'it is refused as a mistake of the client',
    spoil: on(POST, status(500)),
  },
  {
    step: 'refuses a name below that of a tag',
    check: 'nothing is left behind',
    spoil: list((tags) => tags.map((tag) => ({ ...tag, name: `${tag.name}/below` }))),
  },
  { step: 'refuses a protected name', check: refused, spoil: on(POST, status(403)) },
  {
    step: 'refuses a protected name',
    check: 'nothing is left behind',
    spoil: list((tags) => tags.map((tag) => ({ ...tag, name: 'release/c-broken-protected' }))),
  },
  {
    step: 'moves a tag through its API',
    vendor: 'bitbucket',
    check: 'a move succeeds',
    spoil: on(POST, status(409)),
  },
  {
    step: 'moves a tag through its API',
    vendor: 'bitbucket',
    check: 'the answer shows where it is now',
    spoil: on(
      POST,
      body<object>((tag) => ({ ...tag, latestCommit: 'a' })),
    ),
  },
  {
    step: 'moves a tag through its API',
    vendor: 'bitbucket',
    check: 'it is found where it is now',
    spoil: on(
      ONE,
      body<object>((tag) => ({ ...tag, latestCommit: 'a' })),
    ),
  },
  {
    step: 'sees a tag that a forced push moved',
    check: 'it is found where it is now',
    git: () => ({ move: async () => {} }),
  },
  { step: 'sees a tag that a forced push moved', check: 'the list has it once', spoil: twice('-light') },
  ...endOfLife,
]
