/** What the process's exit code says; the table of docs/cli.md is made from this one. */
export const exitCodes = {
  ok: { code: 0, meaning: 'done; for a server: it was asked to stop, and did' },
  failed: {
    code: 1,
    meaning:
      'could not run: the port is taken, the data folder cannot be used, or an error of fakeforge itself',
  },
  usage: {
    code: 64,
    meaning:
      'a mistake in a flag, an environment variable, the config file or the fixture; nothing was started',
  },
  interrupted: { code: 130, meaning: 'a second SIGINT: stopped at once (143 for SIGTERM)' },
} as const

/** The exit code of a process that a signal ended, as shells count it. */
export function exitCodeOfSignal(signal: 'SIGINT' | 'SIGTERM'): number {
  return signal === 'SIGINT' ? exitCodes.interrupted.code : 143
}
