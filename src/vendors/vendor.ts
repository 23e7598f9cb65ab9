import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { TSchema } from 'typebox'
import type { ProjectSpec } from '../forge/spec.ts'
import type { Renew } from '../http/answer-memo/kept-answer.ts'
import type { ParameterHabits } from '../http/journal/unread-fields.ts'
import type { VendorId } from '../options.ts'
import type { VendorDescription } from './description.ts'
import type { VendorEvidence } from './evidence.ts'
import type { FaultDialect } from './fault-dialect.ts'
import type { GitFace } from './git-face.ts'
import type { PageDialect } from './page-dialect.ts'
import type { WebhookDialect } from './webhook-dialect.ts'

/** An oddity of a vendor that can be switched on, as `<vendor>.<name>`. */
export interface Quirk {
  readonly name: string
  readonly summary: string
}

/** How a vendor is mounted in one server. */
export interface VendorSettings {
  /** The name of the version that is imitated, one of Vendor.profiles. */
  readonly profile: string
  /** Names of this vendor's quirks that are switched on, without the vendor's name. */
  readonly quirks: ReadonlySet<string>
  /** Context path under which the vendor answers, without a trailing slash; empty for none. */
  readonly prefix: string
}

/** A request that a newcomer can paste: it lists the tags of a project. */
export interface ExampleRequest {
  /** Below the vendor's base address. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

/** A forge whose dialect fakeforge speaks. To add one: a folder beside this file and a line in `index.ts`. */
export interface Vendor {
  readonly id: VendorId
  readonly title: string
  /** What can be imitated; the first one is the default. */
  readonly profiles: readonly string[]
  readonly quirks: readonly Quirk[]
  /** The paths below which everything belongs to this vendor, unknown routes included: `/api`. */
  readonly roots: readonly string[]
  /** The address that clients are given, below the origin: `/api/v4`. */
  readonly basePath: string
  /** For the banner. */
  exampleRequest(project: ProjectSpec, token: string): ExampleRequest
  /** Registers the vendor's routes. Not wrapped in fastify-plugin: its handlers must stay its own. */
  mount(app: FastifyInstance, settings: VendorSettings): Promise<void>
  /**
   * The routes of tags alone. A server that is asked for nothing else registers only these, a fraction of all; so `covers`
   * must be true only for URLs (without prefix and sandbox) below which these are all routes that the vendor has.
   */
  readonly tagRoutes?: {
    covers(url: string): boolean
    mount(app: FastifyInstance, settings: VendorSettings): Promise<void>
  }
  /** The vendor's clone URLs, where a real `git` is served: see git-face.ts. */
  git?(settings: VendorSettings): GitFace
  /** What the vendor's webhooks are sent: see webhook-dialect.ts. */
  webhooks?(settings: VendorSettings): WebhookDialect
  /** What the vendor keeps in Project.vendorState under its id, so that a posted state can be checked; absent: nothing. */
  readonly projectState?: TSchema
  /** What it says when the fake is told to go wrong: see fault-dialect.ts. */
  faults(settings: VendorSettings): FaultDialect
  /**
   * The one spelling of a URL under which its route is registered, for vendors that know several. Asked before routing;
   * the URL as it was sent stays in `request.originalUrl`.
   */
  canonicalUrl?(url: string, settings: VendorSettings): string
  /** The headers whose values are new in every answer, though nothing has changed; absent: there are none. */
  readonly renewHeaders?: Renew
  /** How parameters reach the operations, where that is not each in its own place, and in which headers; for the journal. */
  readonly parameters?: ParameterHabits
  /** How its lists go on, for those who look whether clients read them to the end; loaded when somebody asks. */
  readonly pages?: () => Promise<PageDialect>
  /** All that it can answer, and where that is known from; loaded when somebody asks. */
  readonly evidence: () => Promise<VendorEvidence>
  /** What its OpenAPI document says beyond its routes; loaded when somebody asks. */
  description(settings: VendorSettings): Promise<VendorDescription>
  /** Answers what Fastify refuses before it looks for a route: a malformed URL, a path that is too long. */
  answerMalformed(request: FastifyRequest, reply: FastifyReply, settings: VendorSettings): unknown
}
