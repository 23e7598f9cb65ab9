import type { Scene } from './scene.ts'

/** Takes away what a story may have made, through the API where that can, else with git; answers with what stayed. */
export async function cleanUp(scene: Scene): Promise<readonly string[]> {
  if (scene.owned.size === 0) return []
  const names = await present(scene)
  const left: string[] = []
  for (const name of names) if (!(await remove(scene, name))) left.push(name)
  return left
}

/** Only what is there needs to go; when the list cannot be read, all of it may be. */
async function present(scene: Scene): Promise<readonly string[]> {
  const owned = [...scene.owned]
  try {
    const listed = new Set((await scene.listed()).map(({ name }) => name))
    return owned.filter((name) => listed.has(name))
  } catch {
    return owned
  }
}

async function remove(scene: Scene, name: string): Promise<boolean> {
  const { driver, environment } = scene
  try {
    if (driver.cannot.remove === undefined) {
      const { status } = await scene.ask(driver.remove(name))
      return status === driver.successes.remove || driver.refusals.removeMissing.includes(status)
    }
    await environment.git?.remove([name])
    return environment.git !== undefined
  } catch {
    return false
  }
}
