import { FakeForgeError } from './fake-forge-error.ts'

/** A refusal of the control plane, over HTTP `{ error: code, message }`. */
export class ControlPlaneError extends FakeForgeError {
  /** The HTTP status of the refusal, in-process too: 404, 409, 422 … */
  readonly status: number

  constructor(status: number, code: string, message: string) {
    super(code, message)
    this.name = 'ControlPlaneError'
    this.status = status
  }
}

/** The sandbox that was addressed is not there: it was closed, or its time was up. Its code is `sandbox-missing`. */
export class SandboxGoneError extends ControlPlaneError {
  readonly sandbox: string

  constructor(sandbox: string) {
    super(404, 'sandbox-missing', `There is no sandbox ${sandbox}.`)
    this.name = 'SandboxGoneError'
    this.sandbox = sandbox
  }
}
