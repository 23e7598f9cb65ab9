import type { SandboxControl } from '../client/control.ts'
import type { Options } from '../options.ts'
import { dumpJournal } from './journal-dump.ts'

/** What the tests of a runner want of their server, and of the helper. */
export interface ForgeOptions extends Partial<Options> {
  /** Whether the requests of a failing test are printed; they are unless this is false. */
  readonly dump?: boolean
}

export function serverOptionsOf({ dump: _dump, ...options }: ForgeOptions): Partial<Options> {
  return options
}

/** Ends the world of a test. For one that failed, answers with what is to be printed, unless the options forbid it. */
export async function finishTest(
  sandbox: SandboxControl,
  { dump = true, journalSize }: ForgeOptions,
  hasFailed: boolean,
): Promise<string | null> {
  const isWanted = hasFailed && dump && journalSize !== 0
  // What the test has closed or broken itself must not hide why it failed.
  const entries = isWanted ? await sandbox.journal.list({ limit: 1000 }).catch(() => []) : []
  await sandbox.close()
  return isWanted ? dumpJournal(entries) : null
}
