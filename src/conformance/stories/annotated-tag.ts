import { demandSame } from '../mismatch.ts'
import type { Step } from '../story.ts'
import type { Life } from './life.ts'
import { seenByGit, seenByObservers, seenInList } from './places.ts'
import { demandAgreement, demandMade, KNOWS_COMMITS } from './seeing.ts'

export const MAKES_ANNOTATED = 'makes an annotated tag'

const MESSAGE = 'Made to be looked at\n\nBy all who can see it.'

export function annotatedSteps(told: Life): readonly Step[] {
  const { scene, commits, annotated: name, seen } = told
  const needs = [MAKES_ANNOTATED]
  return [
    {
      name: MAKES_ANNOTATED,
      writes: true,
      needs: [KNOWS_COMMITS],
      async act() {
        const answer = await scene.create({ name, target: commits.first, message: MESSAGE })
        const made = demandMade(scene, answer)
        const expected = { name, commit: commits.first, isAnnotated: true, message: MESSAGE }
        demandAgreement('the answer shows it', made, expected)
        if (made.object !== undefined)
          demandSame('the ref holds an object of its own', made.object === commits.first, false)
        seen.annotated = made
      },
    },
    {
      name: 'finds the annotated tag by its name',
      needs,
      async act() {
        demandAgreement('it is the one that was made', await scene.find(name), seen.annotated!)
      },
    },
    seenInList(scene, 'lists the annotated tag', needs, () => seen.annotated!),
    seenByGit(scene, 'shows git the annotated tag, peeled', needs, () => seen.annotated!),
    seenByObservers(scene, 'shows the other vendors the annotated tag', needs, () => seen.annotated!),
  ]
}
