import type { SeenTag } from '../driver.ts'
import { demandSame } from '../mismatch.ts'
import type { Scene } from '../scene.ts'
import type { Step } from '../story.ts'
import { demandAgreement } from './seeing.ts'

type Expected = () => SeenTag

/** Steps that look for a tag in one of the places where it has to be, or to be gone from. */

export function seenInList(scene: Scene, name: string, needs: readonly string[], expected: Expected): Step {
  return {
    name,
    needs,
    async act() {
      const listed = (await scene.list()).filter((tag) => tag.name === expected().name)
      demandSame('the list has it once', listed.length, 1)
      demandAgreement('the list shows it as it is', listed[0] ?? null, expected())
    },
  }
}

export function seenByGit(scene: Scene, name: string, needs: readonly string[], expected: Expected): Step {
  const { git } = scene.environment
  return {
    name,
    needs,
    unable: () => withoutGit(scene),
    async act() {
      const { name: tag, commit, object, isAnnotated } = expected()
      const found = (await git?.tags())?.get(tag)
      if (object !== undefined) demandSame('the ref holds what the API says', found?.object, object)
      if (isAnnotated !== undefined)
        demandSame('it is of the kind that the API says', found && found.peeled !== null, isAnnotated)
      demandSame('it leads to the commit that the API says', found?.peeled ?? found?.object, commit)
    },
  }
}

export function seenByObservers(
  scene: Scene,
  name: string,
  needs: readonly string[],
  expected: Expected,
): Step {
  return {
    name,
    needs,
    unable: () => withoutObservers(scene),
    async act() {
      for (const view of scene.observers) {
        const { vendor } = view.driver
        demandAgreement(`${vendor} shows the same`, await scene.find(expected().name, view), expected())
        demandSame(`${vendor} lists it once`, await scene.count(expected().name, view), 1)
      }
    },
  }
}

export function withoutGit({ environment }: Scene): string | null {
  return environment.git ? null : 'git has no access here'
}

export function withoutObservers({ observers }: Scene): string | null {
  return observers.length > 0 ? null : 'no other vendor is in front of this project'
}
