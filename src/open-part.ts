import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyServerOptions,
} from 'fastify'
import type { Keeper } from './forge/durable/keeper.ts'
import type { Worlds } from './forge/worlds.ts'
import type { Explainer } from './http/coverage/explainer.ts'
import { awaitDurability } from './http/durability.ts'
import type { Faults } from './http/faults/faults.ts'
import { injectFaults } from './http/faults/inject-faults.ts'
import { type Journals, keepJournals } from './http/journal/journals.ts'
import type { RecordingContext } from './http/journal/recording.ts'
import type { Operations } from './http/operations.ts'
import { attachForge, attachForgeLate } from './http/request.ts'
import { RequestLog } from './http/request-log.ts'
import { stripSandbox, withoutSandbox } from './http/sandbox-address.ts'
import type { Courier } from './http/webhooks/courier.ts'
import { followVisits } from './http/webhooks/index.ts'
import type { MountedVendor } from './mounted-vendor.ts'
import type { Options } from './options.ts'

/** What the parts of one server share. */
export interface PartContext {
  readonly fastify: FastifyServerOptions
  readonly options: Options
  readonly worlds: Worlds
  readonly journals: Journals
  readonly recordings: RecordingContext
  readonly faults: Faults
  readonly operations: Operations
  readonly keeper: Keeper | null
  /** Null unless answers are to be explained. */
  readonly explainer: Explainer | null
  ownerOf(url: string): MountedVendor | undefined
  log(): FastifyBaseLogger
  courier(): Courier
}

/** Makes the applications that parts are, without routes. */
export function partOpener(context: PartContext) {
  const { fastify, options, worlds, journals, recordings, faults, operations, keeper, ownerOf, explainer } =
    context
  return { openPart, openForgePart }

  /** An application with what all parts have: a world for each request. */
  function openPart(owner?: MountedVendor): FastifyInstance {
    const app = Fastify({
      ...fastify,
      loggerInstance: context.log(),
      // Making a logger for each request is dear, and the line about a request names its method and URL anyway.
      childLoggerFactory: (logger) => logger,
      logController: new RequestLog(
        options.logLevel,
        ({ originalUrl }) => ownerOf(withoutSandbox(originalUrl))?.vendor.id,
      ),
      rewriteUrl: (request) => {
        const url = stripSandbox(request, request.url ?? '/')
        return owner?.vendor.canonicalUrl?.(url, owner.settings) ?? url
      },
      // A URL that Fastify cannot even decode still gets an answer in the dialect of the vendor it was meant for.
      frameworkErrors: (error, request, reply) => {
        attachForgeLate(request, worlds)
        journals.follow(request, reply as FastifyReply, recordings)
        explainer?.explainOne(request, reply as FastifyReply)
        if (owner) return owner.vendor.answerMalformed(request, reply as FastifyReply, owner.settings)
        return (reply as FastifyReply).code(400).send({ error: 'bad-request', message: error.message })
      },
    })
    app.decorate('publicUrl', options.publicUrl ?? null)
    attachForge(app, worlds)
    if (keeper) awaitDurability(app, keeper)
    app.decorate('courier', context.courier())
    return app
  }

  /** The same for what a client of a forge asks: it is written down, goes wrong when told to, and may cause deliveries. */
  function openForgePart(owner?: MountedVendor, isExtract = false): FastifyInstance {
    const app = openPart(owner)
    operations.collect(app, { isExtract })
    explainer?.explainAll(app)
    keepJournals(app, journals, recordings)
    injectFaults(app, faults, operations)
    followVisits(app, context.courier())
    return app
  }
}
