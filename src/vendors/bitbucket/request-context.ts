import type { FastifyRequest } from 'fastify'
import { ANONYMOUS, type Identity } from '../../forge/identity.ts'
import type { ProjectSpec } from '../../forge/spec.ts'
import { originOf } from '../../http/origin.ts'
import type { VendorSettings } from '../vendor.ts'
import type { Profile } from './profiles.ts'

/** What is known of a request; it grows while the request is looked at. */
export class Context {
  identity: Identity = ANONYMOUS
  /** The server's, or that of the project which the path names. */
  profile: Profile
  spec: ProjectSpec | null = null
  readonly quirks: ReadonlySet<string>
  readonly #request: FastifyRequest
  readonly #prefix: string

  constructor(request: FastifyRequest, profile: Profile, { quirks, prefix }: VendorSettings) {
    this.#request = request
    this.profile = profile
    this.quirks = quirks
    this.#prefix = prefix
  }

  /** Scheme, host and context path: what links begin with. */
  get base(): string {
    return originOf(this.#request) + this.#prefix
  }
}
