import type { Order, Paging, SeenTag } from '../driver.ts'
import { demandSame, Mismatch } from '../mismatch.ts'
import type { Scene } from '../scene.ts'
import type { Step, Story } from '../story.ts'
import { type Commits, commitsStep, demandMade, KNOWS_COMMITS } from './seeing.ts'
import { walk } from './walk.ts'

/** How many tags are made, so that there are some pages of them whatever the project has. */
const MADE = 7

const LISTS_ALL = 'lists all tags in pages of 100'

export const paging: Story = {
  name: 'paging',
  summary:
    'pages lead to the end, with every tag once, in the promised order, in each way that the vendor has',
  steps(scene) {
    const commits: Commits = { first: '', second: '' }
    let all: readonly SeenTag[] = []
    return [
      commitsStep(scene, commits),
      {
        name: 'makes tags for several pages',
        writes: true,
        needs: [KNOWS_COMMITS],
        act: () => makeTags(scene, commits),
      },
      {
        name: LISTS_ALL,
        async act() {
          all = await scene.list()
        },
      },
      ...scene.driver.pagings.flatMap((way) =>
        scene.driver.orders.map((order) => walkStep(scene, way, order, () => all)),
      ),
    ]
  },
}

async function makeTags(scene: Scene, commits: Commits): Promise<void> {
  for (let i = 0; i < MADE; i++) {
    const message = scene.driver.cannot.light === undefined && i % 2 === 0 ? null : `Number ${i}`
    const target = i < MADE / 2 ? commits.first : commits.second
    demandMade(scene, await scene.create({ name: `${scene.prefix}page-${i}`, target, message }))
  }
}

/** Four pages or so of few tags; many tags in pages of 100, so that a large project is not asked for ever. */
function sizeFor(count: number): number {
  return count > 100 ? 100 : Math.max(1, Math.ceil(count / 4))
}

function walkStep(scene: Scene, way: Paging, order: Order, all: () => readonly SeenTag[]): Step {
  return {
    name: `pages by ${way.name}, ${order.name}`,
    needs: [LISTS_ALL],
    async act() {
      const expected = all().map(({ name }) => name)
      const { seen, totals } = await walk(scene, way, order, sizeFor(expected.length), expected.length)
      const names = seen.map(({ name }) => name)
      demandSame('every tag comes once', duplicatesIn(names), [])
      demandSame('no tag is left out, and none is new', [...names].sort(), [...expected].sort())
      demandSame('the answers know how many there are', new Set(totals), known(totals, names.length))
      demandOrder(seen, order)
    },
  }
}

/** Whichever answers tell a total tell the true one. */
function known(totals: readonly number[], count: number): Set<number> {
  return new Set(totals.length === 0 ? [] : [count])
}

function duplicatesIn(names: readonly string[]): readonly string[] {
  return names.filter((name, i) => names.indexOf(name) !== i)
}

function demandOrder(seen: readonly SeenTag[], order: Order): void {
  for (const [i, tag] of seen.entries()) {
    const next = seen[i + 1]
    if (next && order.compare(tag, next) > 0)
      throw new Mismatch('tags come in the promised order', [next.name, tag.name], [tag.name, next.name])
  }
}
