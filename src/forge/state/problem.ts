import type { Problem } from '../fixture/problem.ts'

/** A state that was refused; nothing of it was loaded. */
export class StateError extends Error {
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    super(
      [
        'the posted state cannot be loaded:',
        ...problems.map(({ path, message }) => `  ${path || '(document)'}: ${message}`),
      ].join('\n'),
    )
    this.name = 'StateError'
    this.problems = problems
  }
}
