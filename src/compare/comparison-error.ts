import { FakeForgeError } from '../fake-forge-error.ts'

/** Nothing could be compared, or something stayed behind. The process ends with 1. */
export class ComparisonError extends FakeForgeError {
  constructor(code: 'no-traffic' | 'no-answer' | 'tags-left', message: string) {
    super(code, message)
    this.name = 'ComparisonError'
  }
}
