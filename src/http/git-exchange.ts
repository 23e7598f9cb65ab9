import type { Identity } from '../forge/identity.ts'
import type { Project } from '../forge/project.ts'
import type { MountedFace } from './git-url.ts'

/** A git request whose sender has been let in: what the protocol code needs to answer it. */
export interface GitExchange {
  readonly project: Project
  readonly identity: Identity
  /** At whose clone URL, and with which rules for pushes. */
  readonly mount: MountedFace
  /** The highest version that the client says it speaks (`Git-Protocol`). */
  readonly version: 0 | 1 | 2
  /** `fakeforge/<version>`, for the capability `agent`. */
  readonly agent: string
  /** The request's body, unzipped and limited; empty for a GET. Reading it throws GitHttpError. */
  readonly body: AsyncIterable<Buffer>
  /** How many bytes that may be. */
  readonly bodyLimit: number
}

/** The version of the protocol to speak, from a `Git-Protocol` header: `version=2`, among other words between colons. */
export function protocolVersion(header: string | string[] | undefined): 0 | 1 | 2 {
  const words = [header ?? ''].flat().join(':').split(':')
  if (words.includes('version=2')) return 2
  return words.includes('version=1') ? 1 : 0
}
