/** A request that is refused below any vendor's dialect, as a web server in front of git would refuse it. */
export class GitHttpError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.name = 'GitHttpError'
    this.status = status
  }
}
