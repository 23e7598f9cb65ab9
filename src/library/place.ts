import type { FastifyInstance } from 'fastify'
import { SandboxGoneError } from '../control-plane-error.ts'
import type { Sandbox } from '../forge/sandbox.ts'
import type { AdminOptions } from '../http/admin/index.ts'
import { SANDBOX_ROOT } from '../http/sandbox-address.ts'
import type { Endings } from './endings.ts'
import type { FailOnFindings } from './judged-close.ts'

/** A world of a server in this process, and what is needed to do something to it. */
export interface Place {
  readonly app: FastifyInstance
  /** What the server is reached at. */
  readonly server: string
  readonly sandbox: Sandbox
  readonly endings: Endings
  /** Whether the end of a sandbox fails when its clients have done something wrong. */
  readonly failOnFindings: FailOnFindings
}

/** What the addresses of a world begin with. */
export function urlOf({ server, sandbox }: Place): string {
  return sandbox.id === null ? server : `${server}${SANDBOX_ROOT}/${sandbox.id}`
}

/** The parts of the control plane that a world belongs to, as its routes have them. Throws SandboxGoneError. */
export function enter({ app: { control }, sandbox }: Place): AdminOptions {
  const { id } = sandbox
  if (id !== null && control.worlds.sandbox(id) !== sandbox) throw new SandboxGoneError(id)
  sandbox.use()
  return control
}

/** Changes a world; where it is kept in a folder, only then comes back when the folder has it. */
export async function change<T>(
  place: Place,
  act: (sandbox: Sandbox, control: AdminOptions) => T | Promise<T>,
): Promise<T> {
  const { sandbox, app } = place
  const since = app.keeper?.failures ?? 0
  const result = await act(sandbox, enter(place))
  if (sandbox.id === null) await app.keeper?.settle({ since, isWrite: true })
  return result
}
