import type { FastifyInstance, FastifyServerOptions } from 'fastify'
import { checkOptions, checkProfiles } from './check-options.ts'
import { AdjustableClock } from './forge/clock.ts'
import { Worlds } from './forge/worlds.ts'
import { type AdminOptions, admin } from './http/admin/index.ts'
import { AnswerMemo } from './http/answer-memo/answer-memo.ts'
import { keepAnswers } from './http/answer-memo/keep-answers.ts'
import { Applications, type Build } from './http/applications.ts'
import { loadExplainer } from './http/coverage/load-explainer.ts'
import { Faults } from './http/faults/faults.ts'
import { openFront } from './http/front.ts'
import { gitHttp } from './http/git-http.ts'
import { Journals } from './http/journal/journals.ts'
import type { RecordingContext } from './http/journal/recording.ts'
import { stderrLines } from './http/log-lines.ts'
import { registerNotFound } from './http/not-found.ts'
import { Operations } from './http/operations.ts'
import { loggerOptions, logsRequests } from './http/request-log.ts'
import { openCourier } from './http/webhooks/index.ts'
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
import { partOpener } from './open-part.ts'
import { libraryOptions, type Options } from './options.ts'
import { partFinder, parts, tagsPart } from './parts.ts'
import { vendors } from './vendors/index.ts'
import type { Vendor } from './vendors/vendor.ts'
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
  const explainer = await loadExplainer(options.explain, control.vendors, operations, faults)
  const fastify = { ...everywhere, bodyLimit: options.bodyLimit }

  const { openPart, openForgePart } = partOpener({
    fastify,
    options,
    worlds,
    journals,
    recordings,
    faults,
    operations,
    keeper,
    explainer,
    ownerOf,
    // Neither is there yet.
    log: () => front.log,
    courier: () => courier,
  })
  const buildVendor =
    (owner: MountedVendor, mount: Vendor['mount'], isExtract = false): Build =>
    () => {
      const { vendor, settings } = owner
      const app = openForgePart(owner, isExtract)
      keepAnswers(app, { memo, journals, vendor: vendor.id, renew: vendor.renewHeaders })
      registerNotFound(app, basePaths)
      app.register((scope) => mount(scope, settings), { prefix: settings.prefix })
      return app
    }
  const basePaths = Object.fromEntries(
    mounted.map(({ vendor, settings }) => [vendor.id, settings.prefix + vendor.basePath]),
  )
  const applications: Applications = new Applications(
    {
      ...Object.fromEntries(mounted.map((each) => [each.vendor.id, buildVendor(each, each.vendor.mount)])),
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
    },
    Object.fromEntries(
      mounted.flatMap((each) => {
        const { id, tagRoutes } = each.vendor
        return tagRoutes ? [[tagsPart(id), buildVendor(each, tagRoutes.mount, true)]] : []
      }),
    ),
  )

  const front = openFront({
    applications,
    memo,
    partOf: partFinder({ ownerOf, mounts, isOpen: (part) => applications.isOpen(part) }),
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
