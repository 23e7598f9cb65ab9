import { FakeForgeError } from '../../fake-forge-error.ts'
import type { Problem } from '../fixture/problem.ts'

/** A state that was refused; nothing of it was loaded. Its code is `invalid-state`. */
export class StateError extends FakeForgeError {
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    super(
      'invalid-state',
      [
        'the posted state cannot be loaded:',
        ...problems.map(({ path, message }) => `  ${path || '(document)'}: ${message}`),
      ].join('\n'),
    )
    this.name = 'StateError'
    this.problems = problems
  }
}
