import type { Scene } from './scene.ts'

/** Why a run must not make tags here; null: it can take away what it makes. */
export function reasonNotToWrite({ driver, environment }: Scene): string | null {
  if (driver.cannot.remove === undefined || environment.git) return null
  return `what it made could not be taken away: ${driver.cannot.remove}`
}

/** Takes away what a story may have made, through the API, and with git what that leaves; answers with what stayed. */
export async function cleanUp(scene: Scene): Promise<readonly string[]> {
  if (scene.owned.size === 0) return []
  const left: string[] = []
  for (const name of await presentIn(scene)) if (!(await removeByApi(scene, name))) left.push(name)
  if (left.length === 0) return []
  return (await removeByGit(scene, left)) ? [] : left
}

/** Only what is there needs to go; when the list cannot be read, all of it may be. */
async function presentIn(scene: Scene): Promise<readonly string[]> {
  const owned = [...scene.owned]
  try {
    const listed = new Set((await scene.list()).map(({ name }) => name))
    return owned.filter((name) => listed.has(name))
  } catch {
    return owned
  }
}

async function removeByApi(scene: Scene, name: string): Promise<boolean> {
  const { driver } = scene
  if (driver.cannot.remove !== undefined) return false
  try {
    const { status } = await scene.ask(driver.remove(name))
    return status === driver.successes.remove || driver.refusals.removeMissing.includes(status)
  } catch {
    return false
  }
}

async function removeByGit({ environment }: Scene, names: readonly string[]): Promise<boolean> {
  try {
    await environment.git?.remove(names)
    return environment.git !== undefined
  } catch {
    return false
  }
}
