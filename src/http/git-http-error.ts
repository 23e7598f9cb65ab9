import type { GitRefusal } from './coverage/git-evidence.ts'

/** A request that is refused below any vendor's dialect, as a web server in front of git would refuse it. */
export class GitHttpError extends Error {
  readonly status: number
  /** The name of the rule that refuses it: see coverage/git-evidence.ts. */
  readonly rule: GitRefusal

  constructor(status: number, rule: GitRefusal, message: string) {
    super(message)
    this.name = 'GitHttpError'
    this.status = status
    this.rule = rule
  }
}
