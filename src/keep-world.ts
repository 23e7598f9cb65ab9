import type { Keeper } from './forge/durable/keeper.ts'
import type { LoadedFixture } from './forge/fixture/load.ts'
import type { Worlds } from './forge/worlds.ts'

/**
 * What keeps the main world in a folder; null without a folder, and then nothing of it is loaded. Throws DataFolderError.
 * `report` is told why something could not be written.
 */
export async function keepWorld(
  worlds: Worlds,
  folder: string | undefined,
  initial: LoadedFixture,
  report: (error: Error) => void,
): Promise<Keeper | null> {
  if (folder === undefined) return null
  const [{ Keeper }, { fingerprintOf }] = await Promise.all([
    import('./forge/durable/keeper.ts'),
    import('./forge/durable/fingerprint.ts'),
  ])
  return Keeper.open(worlds, { path: folder, fixture: fingerprintOf(initial), report })
}
