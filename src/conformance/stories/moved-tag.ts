import { demandSame } from '../mismatch.ts'
import type { Step } from '../story.ts'
import type { Life } from './life.ts'
import { MAKES_LIGHT } from './light-tag.ts'
import { withoutGit } from './places.ts'
import { demandAgreement, demandMade } from './seeing.ts'

/** A light tag that is made to point elsewhere: through the API where that can, and by a forced push. */
export function moveSteps(told: Life): readonly Step[] {
  const { scene, commits, light: name, seen } = told
  const { driver, environment } = scene
  const at = (commit: string) => ({ name, commit, object: commit, isAnnotated: false, message: '' })
  return [
    {
      name: 'moves a tag through its API',
      writes: true,
      needs: [MAKES_LIGHT],
      unable: () => driver.cannot.move ?? null,
      async act() {
        const answer = await scene.ask(driver.move({ name, target: commits.second, message: null }))
        demandAgreement(
          'the answer shows where it is now',
          demandMade(scene, answer, 'move'),
          at(commits.second),
        )
        seen.light = at(commits.second)
        demandAgreement('it is found where it is now', await scene.find(name), seen.light)
      },
    },
    {
      name: 'sees a tag that a forced push moved',
      writes: true,
      needs: [MAKES_LIGHT],
      unable: () => withoutGit(scene),
      async act() {
        const target = seen.light?.commit === commits.second ? commits.first : commits.second
        await environment.git?.move({ [name]: target })
        seen.light = at(target)
        demandAgreement('it is found where it is now', await scene.find(name), seen.light)
        demandSame('the list has it once', await scene.count(name), 1)
      },
    },
  ]
}
