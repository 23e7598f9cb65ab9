import { ControlPlaneError } from '../../control-plane-error.ts'

export { ControlPlaneError as AdminError } from '../../control-plane-error.ts'

/** Throws a ControlPlaneError, as an expression. */
export function refuse(status: number, code: string, message: string): never {
  throw new ControlPlaneError(status, code, message)
}
