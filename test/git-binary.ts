import { type ExecFileSyncOptions, execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** The environment of a git that knows nothing of this machine's user and asks nobody for a password. */
export const gitEnvironment: NodeJS.ProcessEnv = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  LC_ALL: 'C.UTF-8',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
  GIT_AUTHOR_NAME: 'Ann Author',
  GIT_AUTHOR_EMAIL: 'ann@example.test',
  GIT_COMMITTER_NAME: 'Carl Committer',
  GIT_COMMITTER_EMAIL: 'carl@example.test',
}

/** Runs the real git and returns what it printed. Blocks: not for talking to a server of this process. */
export function git(folder: string, args: readonly string[], options: ExecFileSyncOptions = {}): string {
  return execFileSync('git', args, {
    cwd: folder,
    env: gitEnvironment,
    maxBuffer: 1 << 30,
    stdio: ['pipe', 'pipe', 'pipe'],
    ...options,
  }).toString()
}

/** As git(), without blocking. */
export async function gitAsync(
  folder: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<string> {
  const run = promisify(execFile)
  return (
    await run('git', [...args], { cwd: folder, env: { ...gitEnvironment, ...env }, maxBuffer: 1 << 30 })
  ).stdout
}

/** An empty folder, and the way to remove it. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'fakeforge-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}
