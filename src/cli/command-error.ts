import { FakeForgeError } from '../fake-forge-error.ts'

/** A command could not do what it was asked for, for a reason that its message tells. The process ends with 1. */
export class CommandError extends FakeForgeError {
  constructor(code: string, message: string) {
    super(code, message)
    this.name = 'CommandError'
  }
}
