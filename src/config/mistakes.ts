import { FakeForgeError } from '../fake-forge-error.ts'

/** What the user got wrong, one sentence each; the command line prints them and exits 64. Its code is `invalid-options`. */
export class UsageError extends FakeForgeError {
  readonly mistakes: readonly string[]

  constructor(mistakes: readonly string[]) {
    super('invalid-options', mistakes.join('\n'))
    this.name = 'UsageError'
    this.mistakes = mistakes
  }
}
