import type { Order, Paging, SeenTag } from '../driver.ts'
import { demandSame, Mismatch } from '../mismatch.ts'
import type { Scene } from '../scene.ts'
import type { StoryRequest } from '../wire.ts'

/** All that a walk over the pages of a list came by. */
export interface Walk {
  readonly seen: readonly SeenTag[]
  /** What the answers said of how many there are. */
  readonly totals: readonly number[]
}

/** Follows pages to the end. Throws Mismatch for a page that is too large or too small, and when there is no end. */
export async function walk(
  scene: Scene,
  way: Paging,
  order: Order,
  size: number,
  count: number,
): Promise<Walk> {
  const { driver } = scene
  const seen: SeenTag[] = []
  const totals: number[] = []
  // An empty page may come last: some ways of paging only know then that they are at the end.
  const most = Math.ceil(count / size) + 1
  let pages = 0
  for (let asked: StoryRequest | null = way.first(size, order); asked !== null; ) {
    if (pages === most) throw new Mismatch('the pages come to an end', most, `more than ${most} pages`)
    const answer = await scene.ask(asked)
    demandSame('a page succeeds', answer.status, driver.successes.list)
    const page = driver.readPage(answer)
    asked = way.next(asked, answer)
    if (page.length > size) throw new Mismatch('no page has more than was asked for', size, page.length)
    if (asked !== null) demandSame('every page but the last is full', page.length, size)
    const total = way.total(answer)
    if (total !== null) totals.push(total)
    seen.push(...page)
    pages += 1
  }
  return { seen, totals }
}
