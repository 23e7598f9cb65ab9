import type { SandboxControl } from '../client/control.ts'
import type { JournalControl } from '../client/world-controls.ts'
import { SandboxGoneError } from '../control-plane-error.ts'
import type { Finding, FindingKind } from '../http/findings/finding.ts'
import { FindingsError } from './findings-error.ts'

/** Whether closing a world fails when its clients have done something wrong: anything, or something of these kinds. */
export type FailOnFindings = boolean | readonly FindingKind[]

/** What is found in a journal that is to fail; nothing in that of a sandbox that is gone. */
export async function failingFindings(
  journal: Pick<JournalControl, 'findings'>,
  fails: FailOnFindings,
): Promise<Finding[]> {
  if (fails === false) return []
  try {
    const found = await journal.findings()
    return fails === true ? found : found.filter(({ kind }) => fails.includes(kind))
  } catch (error) {
    if (error instanceof SandboxGoneError) return []
    throw error
  }
}

/** Closes, and only then throws FindingsError for what `find` has found before. */
export async function closeJudged(find: () => Promise<Finding[]>, close: () => Promise<void>): Promise<void> {
  let findings: Finding[] = []
  try {
    findings = await find()
  } finally {
    await close()
  }
  if (findings.length > 0) throw new FindingsError(findings)
}

/** The same sandbox, whose end fails as told, as does that of each that is made from it. */
export function judged(sandbox: SandboxControl, fails: FailOnFindings): SandboxControl {
  if (fails === false) return sandbox
  const close = () => closeJudged(() => failingFindings(sandbox.journal, fails), sandbox.close)
  return {
    ...sandbox,
    sandbox: async (options) => judged(await sandbox.sandbox(options), fails),
    close,
    [Symbol.asyncDispose]: close,
  }
}
