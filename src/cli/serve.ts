import { loadOptions } from '../config/load.ts'
import { openServer } from '../library/open-server.ts'
import { vendors } from '../vendors/index.ts'
import { writeAddresses, writeBanner } from './banner.ts'
import { exitCodeOfSignal, exitCodes } from './exit-codes.ts'
import type { Flags } from './program.ts'

/** Clients with requests under way are cut off after this, milliseconds. */
const PATIENCE = 800

/** Serves until SIGINT or SIGTERM. Throws UsageError or FixtureError for what the user got wrong, else why it could not listen. */
export async function serve(flags: Flags, json: boolean): Promise<void> {
  const options = await loadOptions({ flags, env: process.env, folder: process.cwd() }, vendors)
  const { app, url } = await openServer(options)
  closeOnSignal(app)
  const listening = { url, forge: app.worlds.live, vendors, kept: app.keeper }
  process.stdout.write(json ? writeAddresses(listening, options) : writeBanner(listening, options))
}

function closeOnSignal(server: { close(): Promise<void> }): void {
  let closing = false
  const stop = async (signal: 'SIGINT' | 'SIGTERM') => {
    if (closing) process.exit(exitCodeOfSignal(signal))
    closing = true
    const given = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE))
    await Promise.race([server.close(), given])
    process.exit(exitCodes.ok.code)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}
