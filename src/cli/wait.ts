import { setTimeout as pause } from 'node:timers/promises'
import { ConnectionError } from '../client/connection-error.ts'
import { CommandError } from './command-error.ts'
import { durationOf } from './duration.ts'
import { nextStep } from './next-step.ts'
import type { Definition } from './outlines.ts'
import { addServerFlags, readUrl, type ServerFlags, serverUrl } from './server-flags.ts'
import { jsonLine } from './wording.ts'

interface WaitFlags extends ServerFlags {
  readonly timeout: string
}

/** Between two questions, milliseconds. */
const PAUSE = 100

export const defineWait: Definition = (command, { out }) => {
  addServerFlags(command.argument('[url]', 'the server; the same as --url'))
    .option('--timeout <duration>', 'how long to wait at most: seconds, or with a unit', '60s')
    .addHelpText('after', `\n${examples}`)
    .action(async (argument: string | undefined, flags: WaitFlags) => {
      const server = argument === undefined ? serverUrl(flags) : readUrl('url', argument)
      const url =
        flags.sandbox === undefined ? server : `${server}/__sandbox/${encodeURIComponent(flags.sandbox)}`
      const timeout = durationOf('--timeout', flags.timeout)
      const begin = performance.now()
      await waitUntilHealthy(url, begin + timeout, flags.timeout)
      const waited = Math.round(performance.now() - begin)
      out(flags.json ? jsonLine({ url, status: 'ok', waited }) : `${url} is healthy\n`)
    })
}

/** Throws CommandError when the time is up. `end` is an instant of `performance.now()`. */
async function waitUntilHealthy(url: string, end: number, limit: string): Promise<void> {
  let lastTrouble: ConnectionError | undefined
  for (;;) {
    const left = Math.max(1, Math.ceil(end - performance.now()))
    const trouble = await troubleOf(url, left)
    if (trouble === null) return
    // When time runs out during a request, the one before knows more.
    if (trouble !== 'no answer') lastTrouble = trouble
    if (performance.now() + PAUSE >= end) {
      const known = lastTrouble ?? new ConnectionError(url, 'no-connection', 'it does not answer.')
      throw new CommandError('timeout', `${known.message} Waited for ${limit}. ${nextStep(known)}`)
    }
    await pause(PAUSE)
  }
}

/** Why the server is not healthy yet; null when it is. */
async function troubleOf(url: string, left: number): Promise<ConnectionError | 'no answer' | null> {
  try {
    const answer = await fetch(`${url}/__admin/health`, {
      signal: AbortSignal.timeout(left),
      redirect: 'manual',
    })
    const text = await answer.text()
    if (answer.ok && /"status":\s*"ok"/.test(text)) return null
    return new ConnectionError(
      url,
      'not-fakeforge',
      `what answers there (with ${answer.status}) is no fakeforge.`,
    )
  } catch (error) {
    const { name, cause } = error as Error & { cause?: { code?: string; message?: string } }
    if (name === 'TimeoutError') return 'no answer'
    return new ConnectionError(
      url,
      'no-connection',
      `nobody answers (${cause?.code ?? cause?.message ?? name}).`,
    )
  }
}

const examples = `Examples:
  fakeforge wait                                  # in a script, between starting a server and using it
  fakeforge wait http://127.0.0.1:4747 --timeout 10s
  fakeforge wait && fakeforge reset`
