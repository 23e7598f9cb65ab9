import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'

/** What `npm run build` made; `npm test` builds before it tests. */
const executable = resolve('dist/cli.js')

const running = new Set<ChildProcess>()

/** Ends what a failed test left behind. */
export function killLeftovers(): void {
  for (const child of running) child.kill('SIGKILL')
}

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs a command in `folder` until it ends. */
export function runCli(folder: string, argv: readonly string[]): Promise<Ended> {
  return end(start(folder, argv, {}))
}

/** Starts a server in `folder` and waits for its banner. */
export async function serveCli(
  folder: string,
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
) {
  const child = start(folder, argv, env)
  const ended = end(child)
  const banner = await new Promise<string>((found, failed) => {
    child.stdout?.once('data', (chunk) => found(String(chunk)))
    ended.then(({ code, err }) => failed(new Error(`ended with ${code}: ${err}`)))
  })
  return {
    child,
    banner,
    url: / on (http:\S+)/.exec(banner)?.[1] ?? '',
    stop: (signal: NodeJS.Signals) => {
      child.kill(signal)
      return ended
    },
  }
}

function start(folder: string, argv: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  const child = spawn(process.execPath, [executable, ...argv], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

async function end(child: ChildProcess): Promise<Ended> {
  const [out, err, [code]] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    once(child, 'exit'),
  ])
  return { code, out, err }
}

export async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  const chunks: string[] = []
  stream?.on('data', (chunk) => chunks.push(String(chunk)))
  if (stream) await once(stream, 'close')
  return chunks.join('')
}
