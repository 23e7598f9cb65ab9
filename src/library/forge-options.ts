import type { SandboxControl } from '../client/control.ts'
import type { Options } from '../options.ts'
import type { StartOptions } from './fake-forge.ts'
import { dumpJournal } from './journal-dump.ts'

/** What the tests of a runner want of their server, and of the helper. */
export interface ForgeOptions extends StartOptions {
  /** Whether the requests of a failing test are printed; they are unless this is false. */
  readonly dump?: boolean
}

/** How the server of the tests is started. */
export function startOptionsOf({ dump: _dump, ...options }: ForgeOptions): StartOptions {
  return options
}

/** What a server can be told that is started elsewhere. */
export function serverOptionsOf(options: ForgeOptions): Partial<Options> {
  const { failOnFindings = false, ...given } = startOptionsOf(options)
  return failOnFindings ? { ...given, strict: true } : given
}

/**
 * Ends the world of a test; before that, for one that failed, has its requests printed, unless the options forbid it. Throws
 * FindingsError where that is wanted.
 */
export async function finishTest(
  sandbox: SandboxControl,
  { dump = true, journalSize }: ForgeOptions,
  hasFailed: boolean,
  print: (text: string) => void,
): Promise<void> {
  const isWanted = hasFailed && dump && journalSize !== 0
  // What the test has closed or broken itself must not hide why it failed.
  const entries = isWanted ? await sandbox.journal.list({ limit: 1000 }).catch(() => []) : []
  if (isWanted) print(dumpJournal(entries))
  await sandbox.close()
}
