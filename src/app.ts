import Fastify, { type FastifyInstance, type FastifyReply, type FastifyServerOptions } from 'fastify'
import { checkOptions, checkProfiles } from './check-options.ts'
import { AdjustableClock } from './forge/clock.ts'
import { Worlds } from './forge/worlds.ts'
import { type AdminOptions, admin } from './http/admin/index.ts'
import { AnswerMemo } from './http/answer-memo/answer-memo.ts'
import { keepAnswers } from './http/answer-memo/keep-answers.ts'
import { Applications, type Build } from './http/applications.ts'
import { awaitDurability } from './http/durability.ts'
import { Faults } from './http/faults/faults.ts'
import { injectFaults } from './http/faults/inject-faults.ts'
import { openFront } from './http/front.ts'
import { gitHttp } from './http/git-http.ts'
import { Journals, keepJournals } from './http/journal/journals.ts'
import type { RecordingContext } from './http/journal/recording.ts'
import { stderrLines } from './http/log-lines.ts'
import { registerNotFound } from './http/not-found.ts'
import { Operations } from './http/operations.ts'
import { attachForge, attachForgeLate } from './http/request.ts'
import { loggerOptions, logsRequests, RequestLog } from './http/request-log.ts'
import { stripSandbox, withoutSandbox } from './http/sandbox-address.ts'
import { followVisits, openCourier } from './http/webhooks/index.ts'
import { initialFixture } from './initial-fixture.ts'
import { keepWorld } from './keep-world.ts'
import {
  describeVendor,
  gitMounts,
  type MountedVendor,
  mountVendors,
  ownersByUrl,
  parameterHabits,
  projectStates,
  webhookDialects,
} from './mounted-vendor.ts'
import { libraryOptions, type Options } from './options.ts'
import { partFinder, parts } from './parts.ts'
import { vendors } from './vendors/index.ts'
import { version } from './version.ts'

/** Tag names, and so path parameters, are longer than Fastify's 100 characters. */
const LONGEST_PARAMETER = 16_384

/** Bytes of a request line with its headers: tokens and names in a query may be longer than the 16 KiB that Node allows. */
const LONGEST_HEAD = 256 * 1024

/** What all parts have in common. */
const everywhere = {
  routerOptions: { maxParamLength: LONGEST_PARAMETER },
  forceCloseConnections: true,
  schemaController: { compilersFactory: { buildValidator: refuseSchemas, buildSerializer: refuseSchemas } },
} satisfies FastifyServerOptions

/**
 * Builds a server without opening a port: the composition root. Throws FixtureError for a wrong fixture.
 */
export async function buildApp(given: Partial<Options> = {}): Promise<FastifyInstance> {
  const options: Options = { ...libraryOptions, ...given }
  checkOptions(options, vendors)
  const initial = await initialFixture(options)
  checkProfiles(initial, vendors)
  const worlds = await Worlds.open(
    initial,
    new AdjustableClock(options.clock === undefined ? null : Date.parse(options.clock)),
    { count: options.sandboxLimit, lifetime: options.sandboxLifetime, idle: options.sandboxIdle },
  )
  const keeper = await keepWorld(worlds, options.data, initial, (error) => front.log.error(error))
  const mounted = mountVendors(options)
  const ownerOf = ownersByUrl(mounted)
  const mounts = gitMounts(mounted)
  const journals = new Journals(worlds, {
    size: options.journalSize,
    bodyLimit: options.journalBodyLimit,
    keep: options.journalKeep,
  })
  const faults = new Faults(
    worlds,
    new Map(mounted.map(({ vendor, settings }) => [vendor.id, vendor.faults(settings)])),
  )
  const operations = new Operations({
    ownerOf: (url) => ownerOf(url)?.vendor.id,
    mounts,
    learn: () => applications.openAll(),
  })
  const memo = new AnswerMemo({
    // What waits for the disk goes the long way.
    size: keeper ? 0 : options.keptAnswers,
    worlds,
    journals,
    faults,
    log: logsRequests(options.logLevel) ? stderrLines() : null,
  })
  const control: AdminOptions = {
    worlds,
    token: options.adminToken ?? null,
    vendors: mounted.map(describeVendor),
    stateLimit: options.stateLimit,
    projectStates: projectStates(),
    repoRoot: options.repoRoot ?? (typeof options.fixture === 'string' ? initial.folder : null),
    journals,
    faults,
    operations,
    isStrict: options.strict,
  }
  const recordings: RecordingContext = {
    errandOf: (request, operation) => operations.errandOf(request, operation),
    habitsOf: parameterHabits,
  }
  const fastify = { ...everywhere, bodyLimit: options.bodyLimit }

  /** An application with what all parts have: a world for each request. */
  function openPart(owner?: MountedVendor): FastifyInstance {
    const app = Fastify({
      ...fastify,
      loggerInstance: front.log,
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
        if (owner) return owner.vendor.answerMalformed(request, reply as FastifyReply, owner.settings)
        return (reply as FastifyReply).code(400).send({ error: 'bad-request', message: error.message })
      },
    })
    app.decorate('publicUrl', options.publicUrl ?? null)
    attachForge(app, worlds)
    operations.collect(app)
    if (keeper) awaitDurability(app, keeper)
    app.decorate('courier', courier)
    return app
  }

  /** The same for what a client of a forge asks: it is written down, goes wrong when told to, and may cause deliveries. */
  function openForgePart(owner?: MountedVendor): FastifyInstance {
    const app = openPart(owner)
    keepJournals(app, journals, recordings)
    injectFaults(app, faults, operations)
    followVisits(app, courier)
    return app
  }

  const buildVendor =
    (owner: MountedVendor): Build =>
    () => {
      const { vendor, settings } = owner
      const app = openForgePart(owner)
      keepAnswers(app, { memo, journals, vendor: vendor.id, renew: vendor.renewHeaders })
      registerNotFound(app, basePaths)
      app.register((scope) => vendor.mount(scope, settings), { prefix: settings.prefix })
      return app
    }
  const basePaths = Object.fromEntries(
    mounted.map(({ vendor, settings }) => [vendor.id, settings.prefix + vendor.basePath]),
  )
  const applications: Applications = new Applications({
    ...Object.fromEntries(mounted.map((owner) => [owner.vendor.id, buildVendor(owner)])),
    [parts.nobody]: () => {
      const app = openForgePart()
      registerNotFound(app, basePaths)
      return app
    },
    [parts.git]: () => {
      const app = openForgePart()
      app.register(gitHttp, { mounts, bodyLimit: options.gitBodyLimit, agent: `fakeforge/${version}` })
      return app
    },
    [parts.admin]: () => {
      const app = openPart()
      app.register(admin, { prefix: '/__admin', ...control })
      return app
    },
  })

  const front = openFront({
    applications,
    memo,
    partOf: partFinder(ownerOf, mounts),
    last: parts.nobody,
    http: { maxHeaderSize: LONGEST_HEAD },
    fastify: { ...fastify, logger: loggerOptions(options.logLevel) },
  })
  front.addHook('onClose', async () => stderrLines().flush())
  front.decorate('worlds', worlds)
  front.decorate('keeper', keeper)
  front.addHook('onClose', () => keeper?.close())
  front.decorate('control', control)
  front.addHook('onClose', async () => worlds.close())
  const courier = openCourier(front, worlds, {
    dialects: webhookDialects(mounted),
    defaultOrigin: options.publicUrl,
    timeout: options.webhookTimeout,
    retries: options.webhookRetries,
    retryDelay: options.webhookRetryDelay,
    allow: options.webhookAllow,
  })
  return front
}

/**
 * Each vendor brings compilers of its own, so Fastify's are never wanted; named here, they are not even loaded, which
 * would take a tenth of the start.
 */
function refuseSchemas(): never {
  throw new Error('A route with schemas needs the compilers of its vendor.')
}
