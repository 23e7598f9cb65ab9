import { demandSame } from '../mismatch.ts'
import type { Step } from '../story.ts'
import type { Life } from './life.ts'
import { seenByGit, seenByObservers, seenInList } from './places.ts'
import { demandAgreement, demandMade, KNOWS_COMMITS } from './seeing.ts'

export const MAKES_LIGHT = 'makes a light tag'

/** A light tag, made through the API, or by git where the API makes none. */
export function lightSteps(told: Life): readonly Step[] {
  const { scene, commits, light: name, seen } = told
  const { driver, environment } = scene
  const needs = [MAKES_LIGHT]
  return [
    {
      name: MAKES_LIGHT,
      writes: true,
      needs: [KNOWS_COMMITS],
      unable: () => (environment.git ? null : (driver.cannot.light ?? null)),
      async act() {
        const expected = {
          name,
          commit: commits.first,
          object: commits.first,
          isAnnotated: false,
          message: '',
        }
        if (driver.cannot.light === undefined) {
          const answer = await scene.create({ name, target: commits.first, message: null })
          demandAgreement('the answer shows it', demandMade(scene, answer), expected)
        } else {
          scene.owned.add(name)
          await environment.git?.move({ [name]: commits.first })
        }
        seen.light = expected
      },
    },
    {
      name: 'finds the light tag by its name',
      needs,
      async act() {
        demandAgreement('it is the one that was made', await scene.find(name), seen.light!)
      },
    },
    seenInList(scene, 'lists the light tag', needs, () => seen.light!),
    {
      name: 'finds the light tag by searching',
      needs,
      unable: () => driver.cannot.search ?? null,
      async act() {
        const answer = await scene.ask(driver.search(name))
        demandSame('a search succeeds', answer.status, driver.successes.list)
        const found = driver.readPage(answer).map((tag) => tag.name)
        demandSame('it finds what was searched for, and nothing else', found, [name])
      },
    },
    seenByGit(scene, 'shows git the light tag', needs, () => seen.light!),
    seenByObservers(scene, 'shows the other vendors the light tag', needs, () => seen.light!),
  ]
}
