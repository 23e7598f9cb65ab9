import type { FastifyInstance, FastifyRequest, FastifySchema, RouteOptions } from 'fastify'
import type { VendorId } from '../options.ts'
import { type GitMounts, readGitUrl } from './git-url.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The stable name of what the route does: `gitlab.createTag`. */
    operation?: string
  }
}

/** Git's own requests, whichever vendor's clone URL they come to. */
export const GIT_OPERATIONS = ['git.advertiseRefs', 'git.uploadPack', 'git.receivePack'] as const

const GIT_ASKS = {
  refs: 'git.advertiseRefs',
  'git-upload-pack': 'git.uploadPack',
  'git-receive-pack': 'git.receivePack',
} as const

/** What a request is about, before anybody has looked at it closely. */
export interface Errand {
  readonly vendor: VendorId | null
  /** Null where no route fits. */
  readonly operation: string | null
}

const NOBODY: Errand = { vendor: null, operation: null }

/** A route of an operation, as it was registered. */
export interface RegisteredRoute {
  readonly methods: readonly string[]
  readonly url: string
  readonly operation: string
  /** As Fastify has it: by the part of a request or, for answers, by status. */
  readonly schema: FastifySchema
}

export interface OperationsOptions {
  readonly ownerOf: (url: string) => VendorId | undefined
  readonly mounts: GitMounts
  /** Registers all routes that there are. */
  readonly learn: () => Promise<unknown>
}

/** The names of all operations, and which request is one of which. */
export class Operations {
  readonly #options: OperationsOptions
  readonly #names = new Map<string, Errand>(
    GIT_OPERATIONS.map((operation) => [operation, { vendor: null, operation }]),
  )

  readonly #routes: RouteOptions[] = []

  constructor(options: OperationsOptions) {
    this.#options = options
  }

  /**
   * Takes note of every route that is registered after this; of an extract, whose routes are another part's, only of the names.
   */
  collect(app: FastifyInstance, { isExtract = false } = {}): void {
    app.addHook('onRoute', (route) => {
      const operation = route.config?.operation
      if (operation === undefined) return
      if (!isExtract) this.#routes.push(route)
      if (this.#names.has(operation)) return
      this.#names.set(operation, { vendor: operation.split('.', 1)[0] as VendorId, operation })
    })
  }

  /** To be awaited before `names` is asked for, since routes are registered late. */
  async learn(): Promise<void> {
    await this.#options.learn()
  }

  /** All names, in alphabetical order, once they are learnt. */
  get names(): readonly string[] {
    return [...this.#names.keys()].sort()
  }

  /** All routes of a vendor, once they are learnt. */
  routesOf(vendor: string): RegisteredRoute[] {
    return this.#routes.flatMap(({ method, url, config, schema = {} }) => {
      const { operation = '' } = config ?? {}
      return operation.startsWith(`${vendor}.`) ? [{ methods: [method].flat(), url, operation, schema }] : []
    })
  }

  /** `operation` is the name that the request's route has, if one fits. */
  errandOf(request: FastifyRequest, operation: string | undefined): Errand {
    const named = operation === undefined ? undefined : this.#names.get(operation)
    const url = request.raw.url ?? ''
    if (named) {
      if (named.vendor !== null) return named
      const git = readGitUrl(url, this.#options.mounts)
      if (git) return { vendor: git.mount.vendor, operation: GIT_ASKS[git.ask] }
    }
    const vendor = this.#options.ownerOf(url)
    return vendor === undefined ? NOBODY : { vendor, operation: null }
  }
}
