/** What the help of the program says beside its options. */
import { exitCodes } from './exit-codes.ts'

export const exitCodeHelp = `Exit codes: ${Object.values(exitCodes)
  .map(({ code, meaning }) => `${code} ${meaning}`)
  .join('\n            ')}`

export const examples = `Each option has an environment variable (--log-level: FAKEFORGE_LOG_LEVEL; several values separated by
commas) and a key in fakeforge.config.yaml or .json. A flag wins over the environment, the environment
over the file.

Examples:
  fakeforge                                       # the demo world on http://127.0.0.1:4747
  fakeforge --port 0 --log-level silent           # any free port, printed; no request log
  fakeforge --fixture world.yaml                  # your own users, projects and repositories
  fakeforge --profile gitlab=14                   # answer as an older GitLab does
  fakeforge --port 0 --json                       # where it is and a token that works, for a program to read
  FAKEFORGE_HOST=0.0.0.0 fakeforge 2>log.jsonl    # for other machines; requests as JSON lines in a file`
