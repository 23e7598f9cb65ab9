/** What the process's exit code says; the table of docs/cli.md is made from this one. */
export const exitCodes = {
  ok: { code: 0, meaning: 'done; for a server: it was asked to stop, and did' },
  failed: {
    code: 1,
    meaning:
      'could not: the port is taken, the data folder cannot be used, no server answers, it refuses, a file cannot be written, `wait` ran out of time, `doctor` or `journal --findings` found something, or an error of fakeforge itself',
  },
  drift: { code: 2, meaning: '`compare` found differences' },
  usage: {
    code: 64,
    meaning:
      'a mistake in the command line, an environment variable, the config file, a fixture or a state; nothing was started or changed',
  },
  interrupted: { code: 130, meaning: 'SIGINT; for a server: the second one, it stopped at once' },
  terminated: { code: 143, meaning: 'SIGTERM; for a server: the second one, it stopped at once' },
} as const

/** The exit code of a process that a signal ended, as shells count it. */
export function exitCodeOfSignal(signal: 'SIGINT' | 'SIGTERM'): number {
  return signal === 'SIGINT' ? exitCodes.interrupted.code : exitCodes.terminated.code
}
