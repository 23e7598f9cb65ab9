/** A refusal of the control plane, in its own JSON: `{ error, message }`. */
export class AdminError extends Error {
  readonly statusCode: number
  readonly code: string

  constructor(statusCode: number, code: string, message: string) {
    super(message)
    this.name = 'AdminError'
    this.statusCode = statusCode
    this.code = code
  }
}

/** Throws an AdminError, as an expression. */
export function refuse(statusCode: number, code: string, message: string): never {
  throw new AdminError(statusCode, code, message)
}
