import type { SeenTag } from '../driver.ts'
import { debatableNames, invalidNames, validNames } from '../hostile-names.ts'
import { demandOneOf, demandSame } from '../mismatch.ts'
import type { Scene } from '../scene.ts'
import type { Step, Story } from '../story.ts'
import { type Commits, commitsStep, demandAgreement, KNOWS_COMMITS } from './seeing.ts'

const MAKES = 'makes tags of all names that git accepts'

/** The story of hostile names, with those that a seed makes; `names` is the one of seed 1. */
export function namesOf(seed: number, count = 60): Story {
  return {
    name: 'names',
    summary: 'odd names come back as they went in, wrong ones are refused and leave nothing behind',
    steps: (scene) => stepsOf(scene, seed, count),
  }
}

export const names = namesOf(1)

function stepsOf(scene: Scene, seed: number, count: number): readonly Step[] {
  const { driver, prefix } = scene
  const commits: Commits = { first: '', second: '' }
  const all = [...validNames(prefix, seed, count), ...debatableNames(prefix)]
  const taken = all.filter((name) => driver.refusesName(name) === null)
  const made = new Map<string, SeenTag>()
  const message = driver.cannot.light === undefined ? null : 'Odd'
  const refuse = (wrong: () => readonly string[]) => async () => {
    for (const name of wrong()) {
      const { status } = await scene.create({ name, target: commits.first, message })
      demandOneOf(
        `${JSON.stringify(name)} is refused in the way of this vendor`,
        status,
        driver.refusals.name,
      )
    }
    const listed = new Set((await scene.list()).map((tag) => tag.name))
    demandSame(
      'nothing is left behind',
      wrong().filter((name) => listed.has(name)),
      [],
    )
  }
  const refused = all.filter((name) => driver.refusesName(name) !== null)
  return [
    commitsStep(scene, commits),
    {
      name: MAKES,
      writes: true,
      needs: [KNOWS_COMMITS],
      async act() {
        for (const name of taken) {
          const answer = await scene.create({ name, target: commits.first, message })
          demandSame(`${JSON.stringify(name)} is taken`, answer.status, driver.successes.create)
          const tag = driver.readTag(answer)
          demandSame('the answer has the name as it was given', tag.name, name)
          made.set(name, tag)
        }
      },
    },
    {
      name: 'finds each by its name',
      needs: [MAKES],
      async act() {
        for (const [name, tag] of made)
          if (driver.cannotGet(name) === null)
            demandAgreement(`${JSON.stringify(name)} is found`, await scene.find(name), tag)
      },
    },
    {
      name: 'lists each once',
      needs: [MAKES],
      async act() {
        const listed = (await scene.list()).map((tag) => tag.name).filter((name) => made.has(name))
        demandSame('the list has them all, and each once', listed.sort(), [...made.keys()].sort())
      },
    },
    {
      name: 'refuses names that git refuses',
      writes: true,
      needs: [KNOWS_COMMITS],
      act: refuse(() => invalidNames(prefix)),
    },
    {
      name: 'refuses names that are against its own rules',
      writes: true,
      needs: [KNOWS_COMMITS],
      unable: () => (refused.length > 0 ? null : 'it has no rules beyond those of git'),
      act: refuse(() => refused),
    },
    {
      name: 'deletes each by its name',
      writes: true,
      needs: [MAKES],
      unable: () => driver.cannot.remove ?? null,
      async act() {
        for (const name of made.keys()) {
          const { status } = await scene.ask(driver.remove(name))
          demandSame(`${JSON.stringify(name)} is deleted`, status, driver.successes.remove)
        }
        const listed = (await scene.list()).map((tag) => tag.name)
        demandSame(
          'none of them is listed any more',
          listed.filter((name) => made.has(name)),
          [],
        )
      },
    },
  ]
}
