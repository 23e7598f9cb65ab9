import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { type Ended, serveCli, textOf } from '../cli-process.ts'

type Environment = Readonly<Record<string, string>>

/** A folder to work in, with `fakeforge` on the PATH, and perhaps a server. */
export interface Desk {
  readonly folder: string
  /** Of the server; empty without one. */
  readonly url: string
  /** Runs `fakeforge` until it ends. */
  run(argv: readonly string[], env?: Environment): Promise<Ended>
  /** Runs a script with `sh -eu`. */
  shell(script: string, env?: Environment): Promise<Ended>
  close(): Promise<void>
}

/** A desk beside a server, which commands take for the one that is meant. */
export async function openDesk(flags: readonly string[] = []): Promise<Desk> {
  const folder = makeFolder()
  const server = await serveCli(folder, ['--port', '0', '--log-level', 'silent', ...flags], {})
  return deskIn(folder, server.url, async () => void (await server.stop('SIGTERM')))
}

/** A desk on a machine where no server runs: port 1 is nobody's. */
export function openEmptyDesk(): Desk {
  return deskIn(makeFolder(), '', async () => {})
}

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fakeforge-desk-'))
  mkdirSync(join(folder, 'bin'))
  const command = join(folder, 'bin/fakeforge')
  writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${resolve('dist/cli.js')}' "$@"\n`)
  chmodSync(command, 0o755)
  return folder
}

function deskIn(folder: string, url: string, stop: () => Promise<void>): Desk {
  const spawnHere = async (file: string, argv: readonly string[], env: Environment): Promise<Ended> => {
    const child = spawn(file, argv, {
      cwd: folder,
      env: {
        PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}`,
        FAKEFORGE_URL: url,
        FAKEFORGE_PORT: '0',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const [out, err, [code]] = await Promise.all([
      textOf(child.stdout),
      textOf(child.stderr),
      once(child, 'exit'),
    ])
    return { code, out: out.replaceAll(url || '\0', 'URL'), err: err.replaceAll(url || '\0', 'URL') }
  }
  return {
    folder,
    url,
    run: (argv, env = {}) => spawnHere(join(folder, 'bin/fakeforge'), argv, env),
    shell: (script, env = {}) => spawnHere('sh', ['-euc', script], env),
    close: async () => {
      await stop()
      rmSync(folder, { recursive: true })
    },
  }
}

/** What a command prints when it has done what it should. */
export function prints(out: string): Ended {
  return { code: 0, out, err: '' }
}

/** What it prints when it has not. */
export function fails(code: 1 | 64, sentence: string): Ended {
  return { code, out: '', err: `fakeforge: ${sentence}\n` }
}
