import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ask } from './ask.mjs'
import { startWorld } from './git-world.mjs'
import { freePort } from './processes.mjs'

/** As startWorld, of a server that also tells about itself: `work()` answers what bench/probes/work-port.mjs knows. */
export async function startWatchedWorld(root, folder, fixture) {
  const { settings, work } = await watch(root)
  return { ...(await startWorld(root, folder, fixture, settings)), work }
}

/** What is to be loaded and set for a process that is watched, and how to ask it. */
export async function watch(root) {
  const port = await freePort()
  const settings = {
    preload: [pathToFileURL(join(root, 'bench/probes/work-port.mjs')).href],
    env: { FAKEFORGE_BENCH_WORK_PORT: String(port) },
  }
  return { settings, work: () => ask(`http://127.0.0.1:${port}/`) }
}
