import type { SeenTag } from '../driver.ts'
import { demandOneOf, demandSame } from '../mismatch.ts'
import type { Story } from '../story.ts'
import { demandAgreement } from './seeing.ts'

/** How many of the listed tags are looked up one by one. */
const MOST = 10

const LISTS = 'lists tags'

/** Changes nothing, and says something about whatever is there. */
export const reading: Story = {
  name: 'reading',
  summary: 'what is there is told the same way by the list, by look-ups, by searches and by git',
  steps(scene) {
    const { driver, environment } = scene
    let listed: readonly SeenTag[] = []
    const needs = [LISTS]
    const missing = `${scene.prefix}missing`
    const unable = () => (listed.length > 0 ? null : 'the project has no tags')
    return [
      {
        name: LISTS,
        async act() {
          const [paging] = driver.pagings
          const [order] = driver.orders
          const answer = await scene.ask(paging.first(100, order))
          demandSame('a list succeeds', answer.status, driver.successes.list)
          listed = driver.readPage(answer)
        },
      },
      {
        name: 'finds listed tags by their names',
        needs,
        unable,
        async act() {
          const some = listed.filter(({ name }) => driver.cannotGet(name) === null).slice(0, MOST)
          for (const tag of some) demandAgreement('both show the same tag', await scene.find(tag.name), tag)
        },
      },
      {
        name: 'finds a listed tag by searching',
        needs,
        unable: () => driver.cannot.search ?? unable(),
        async act() {
          const name = listed[0]!.name
          const answer = await scene.ask(driver.search(name))
          demandSame('a search succeeds', answer.status, driver.successes.list)
          const found = driver.readPage(answer).map((tag) => tag.name)
          demandSame('it is among what is found', found.includes(name), true)
        },
      },
      {
        name: 'shows git the tags that it lists',
        needs,
        unable: () => unable() ?? (environment.git ? null : 'git has no access here'),
        async act() {
          const seen = (await environment.git?.tags()) ?? new Map()
          for (const { name, object } of listed) {
            demandSame('git sees a listed tag', [name, seen.has(name)], [name, true])
            if (object !== undefined)
              demandSame('its ref holds what the API says', [name, seen.get(name)?.object], [name, object])
          }
        },
      },
      {
        name: 'answers that a missing tag is missing',
        unable: () => driver.cannotGet(missing),
        async act() {
          const { status } = await scene.ask(driver.get(missing))
          demandOneOf('it is refused in the way of this vendor', status, driver.refusals.missing)
        },
      },
    ]
  },
}
