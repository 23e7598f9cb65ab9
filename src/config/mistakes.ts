/** What the user got wrong, one sentence each; the command line prints them and exits 64. */
export class UsageError extends Error {
  readonly mistakes: readonly string[]

  constructor(mistakes: readonly string[]) {
    super(mistakes.join('\n'))
    this.name = 'UsageError'
    this.mistakes = mistakes
  }
}
