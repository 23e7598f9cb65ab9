import type { State } from '../../src/forge/state/schema.ts'
import { buildApp } from '../../src/index.ts'
import { callerOf } from '../caller.ts'
import { crawl } from '../http/crawl.ts'
import { fixture, stir, USERS, vendorCaller } from '../http/state-world.ts'

/** Reads all that there is to read in a world in which much has happened, as each of its users and as nobody. */
export async function readEverything(): Promise<void> {
  const app = await buildApp({ fixture, clock: '2024-06-01T12:00:00Z', journalSize: 0 })
  await stir(vendorCaller(app))
  const state = (await callerOf(app, { host: 'localhost' })('GET', '/__admin/state')).body as State
  await crawl(callerOf(app), state, [...USERS, 'nobody'])
  await app.close()
}
