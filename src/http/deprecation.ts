/** What a vendor advises against, and what it wants to be used instead. */
export interface Deprecation {
  /** The version of the vendor's that said so first; absent: it is not known which. */
  readonly since?: string
  /** What takes its place: `POST /projects/:id/releases`. */
  readonly use: string
}

declare module 'fastify' {
  interface FastifySchema {
    /** The whole route is deprecated. A single field is when its own schema says `deprecated: true`. */
    deprecated?: Deprecation
  }
}
