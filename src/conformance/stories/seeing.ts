import type { SeenTag } from '../driver.ts'
import { demandSame, Mismatch } from '../mismatch.ts'
import type { Scene } from '../scene.ts'
import type { Step } from '../story.ts'
import type { StoryAnswer } from '../wire.ts'

const FIELDS = ['name', 'commit', 'object', 'isAnnotated', 'message'] as const

/** Throws Mismatch unless both agree in all that both tell. */
export function demandAgreement(check: string, seen: SeenTag | null, expected: SeenTag): void {
  if (seen === null) throw new Mismatch(check, expected, null)
  const told = FIELDS.filter((field) => seen[field] !== undefined && expected[field] !== undefined)
  const pick = (tag: SeenTag) => Object.fromEntries(told.map((field) => [field, tag[field]]))
  demandSame(check, pick(seen), pick(expected))
}

/** The tag that an answer to a write shows. Throws Mismatch when it was refused. */
export function demandMade(
  { driver }: Scene,
  answer: StoryAnswer,
  kind: 'create' | 'move' = 'create',
): SeenTag {
  demandSame(`a ${kind} succeeds`, answer.status, driver.successes[kind])
  return driver.readTag(answer)
}

export function isThere(seen: SeenTag | null): boolean {
  return seen !== null
}

/** Commits to tag; filled by `commitsStep`. */
export interface Commits {
  first: string
  second: string
}

/** The step that every story which makes tags begins with. */
export const KNOWS_COMMITS = 'knows two commits to tag'

export function commitsStep(scene: Scene, commits: Commits): Step {
  return {
    name: KNOWS_COMMITS,
    writes: true,
    async act() {
      const { commits: given } = scene.environment
      const ids = given ?? (await scene.list()).flatMap(({ commit }) => commit ?? [])
      const [first, second] = new Set(ids)
      demandSame('there are two of them', [typeof first, typeof second], ['string', 'string'])
      commits.first = String(first)
      commits.second = String(second)
    },
  }
}
