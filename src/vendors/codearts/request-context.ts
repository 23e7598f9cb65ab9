import type { FastifyRequest } from 'fastify'
import type { Identity } from '../../forge/identity.ts'
import type { User } from '../../forge/model.ts'
import { originOf } from '../../http/origin.ts'
import type { Quirks } from './quirks.ts'

/** What is known of a request once it is known who asks. */
export class Context {
  readonly identity: Identity & { readonly user: User }
  readonly quirks: Quirks
  readonly #request: FastifyRequest
  readonly #prefix: string

  constructor(
    request: FastifyRequest,
    identity: Identity & { readonly user: User },
    { quirks, prefix }: { readonly quirks: Quirks; readonly prefix: string },
  ) {
    this.#request = request
    this.identity = identity
    this.quirks = quirks
    this.#prefix = prefix
  }

  /** Scheme, host and context path: what addresses begin with. */
  get base(): string {
    return originOf(this.#request) + this.#prefix
  }
}
