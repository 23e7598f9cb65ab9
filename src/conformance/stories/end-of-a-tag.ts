import { demandOneOf, demandSame } from '../mismatch.ts'
import type { Step } from '../story.ts'
import { MAKES_ANNOTATED } from './annotated-tag.ts'
import type { Life } from './life.ts'
import { MAKES_LIGHT } from './light-tag.ts'
import { withoutGit, withoutObservers } from './places.ts'
import { demandMade, isThere, KNOWS_COMMITS } from './seeing.ts'

const DELETES = 'deletes a tag'

/** The annotated tag goes, and the light one stays or goes with it; nobody sees anything of it any more. */
export function endSteps(told: Life): readonly Step[] {
  const { scene, commits, light, annotated: name } = told
  const { driver, environment } = scene
  const needs = [DELETES]
  const remove = async (tag: string) => {
    if (driver.cannot.remove !== undefined) {
      await environment.git?.remove([tag])
      return
    }
    const answer = await scene.ask(driver.remove(tag))
    demandSame('a deletion succeeds', answer.status, driver.successes.remove)
    demandSame('its answer has no body', answer.body, '')
  }
  const unable = () => (environment.git ? null : (driver.cannot.remove ?? null))
  return [
    { name: DELETES, writes: true, needs: [MAKES_ANNOTATED], unable, act: () => remove(name) },
    {
      name: 'finds it no more',
      needs,
      async act() {
        demandSame('a look-up finds nothing', isThere(await scene.find(name)), false)
        demandSame('the list has nothing of it', await scene.count(name), 0)
      },
    },
    {
      name: 'leaves other tags alone',
      needs: [DELETES, MAKES_LIGHT],
      async act() {
        demandSame('the light tag is there', isThere(await scene.find(light)), true)
      },
    },
    {
      name: 'deletes a light tag',
      writes: true,
      needs: [MAKES_LIGHT],
      unable,
      async act() {
        await remove(light)
        demandSame('a look-up finds nothing', isThere(await scene.find(light)), false)
      },
    },
    {
      name: 'shows git nothing of it',
      needs,
      unable: () => withoutGit(scene),
      async act() {
        demandSame('git sees it', (await environment.git?.tags())?.has(name), false)
      },
    },
    {
      name: 'shows the other vendors nothing of it',
      needs,
      unable: () => withoutObservers(scene),
      async act() {
        for (const view of scene.observers) {
          const { vendor } = view.driver
          demandSame(`${vendor} finds nothing`, isThere(await scene.find(name, view)), false)
          demandSame(`${vendor} lists nothing`, await scene.count(name, view), 0)
        }
      },
    },
    {
      name: 'refuses to delete what is not there',
      writes: true,
      async act() {
        const { status } = await scene.ask(driver.remove(`${scene.prefix}missing`))
        demandOneOf('it is refused in the way of this vendor', status, driver.refusals.removeMissing)
      },
    },
    {
      name: 'makes a tag of a name that was free again',
      writes: true,
      needs: [DELETES, KNOWS_COMMITS],
      async act() {
        const made = demandMade(scene, await scene.create({ name, target: commits.second, message: 'Again' }))
        demandSame('it leads to where it was made', made.commit, commits.second)
      },
    },
  ]
}
