import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import { checkOptions, checkProfiles } from './check-options.ts'
import { AdjustableClock } from './forge/clock.ts'
import { demoFixture } from './forge/fixture/demo.ts'
import { type LoadedFixture, loadFixtureFile, validateFixture } from './forge/fixture/load.ts'
import { Worlds } from './forge/worlds.ts'
import { admin, type MountedVendor } from './http/admin/index.ts'
import { Faults } from './http/faults/faults.ts'
import { injectFaults } from './http/faults/inject-faults.ts'
import { constrainToGit, gitHttp } from './http/git-http.ts'
import type { GitMounts } from './http/git-url.ts'
import { Journals, keepJournals } from './http/journal/journals.ts'
import type { RecordingContext } from './http/journal/recording.ts'
import { PLAIN_HABITS } from './http/journal/unread-fields.ts'
import { registerNotFound } from './http/not-found.ts'
import { Operations } from './http/operations.ts'
import { attachForge, attachForgeLate } from './http/request.ts'
import { loggerOptions, RequestLog } from './http/request-log.ts'
import { stripSandbox } from './http/sandbox-address.ts'
import { attachCourier } from './http/webhooks/index.ts'
import { libraryOptions, type Options } from './options.ts'
import { vendors } from './vendors/index.ts'
import type { Vendor, VendorSettings } from './vendors/vendor.ts'
import { version } from './version.ts'

/** Tag names, and so path parameters, are longer than Fastify's 100 characters. */
const LONGEST_PARAMETER = 16_384

/** Bytes of a request line with its headers: tokens and names in a query may be longer than the 16 KiB that Node allows. */
const LONGEST_HEAD = 256 * 1024

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
  )
  const mounted = vendors.map((vendor) => ({ vendor, settings: settingsOf(vendor, options) }))

  const ownerOf = (url: string) =>
    mounted.find(({ vendor, settings }) => vendor.roots.some((root) => isBelow(url, settings.prefix + root)))

  const mounts = gitMounts(mounted)
  const operations = new Operations((url) => ownerOf(url)?.vendor.id, mounts)
  const journals = new Journals(worlds, {
    size: options.journalSize,
    bodyLimit: options.journalBodyLimit,
    keep: options.journalKeep,
  })
  const faults = new Faults(
    worlds,
    new Map(mounted.map(({ vendor, settings }) => [vendor.id, vendor.faults(settings)])),
  )
  const recordings: RecordingContext = {
    errandOf: (request, operation) => operations.errandOf(request, operation),
    habitsOf: (vendor) => vendors.find(({ id }) => id === vendor)?.parameters ?? PLAIN_HABITS,
  }

  const app = Fastify({
    logger: loggerOptions(options.logLevel),
    logController: new RequestLog(options.logLevel, ({ originalUrl }) => ownerOf(originalUrl)?.vendor.id),
    bodyLimit: options.bodyLimit,
    http: { maxHeaderSize: LONGEST_HEAD },
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    forceCloseConnections: true,
    schemaController: { compilersFactory: { buildValidator: refuseSchemas, buildSerializer: refuseSchemas } },
    rewriteUrl: (request) => {
      const url = stripSandbox(request, request.url ?? '/')
      const found = ownerOf(url)
      return found?.vendor.canonicalUrl?.(url, found.settings) ?? url
    },
    // A URL that Fastify cannot even decode still gets an answer in the dialect of the vendor it was meant for.
    frameworkErrors: (error, request, reply) => {
      const found = ownerOf(request.url)
      attachForgeLate(request, worlds)
      journals.follow(request, reply as FastifyReply, recordings)
      if (found) return found.vendor.answerMalformed(request, reply as FastifyReply, found.settings)
      return (reply as FastifyReply).code(400).send({ error: 'bad-request', message: error.message })
    },
  })
  app.decorate('publicUrl', options.publicUrl ?? null)
  attachForge(app, worlds)
  operations.collect(app)
  keepJournals(app, journals, recordings)
  injectFaults(app, faults, operations)
  attachCourier(app, worlds, {
    dialects: webhookDialects(mounted),
    timeout: options.webhookTimeout,
    retries: options.webhookRetries,
    retryDelay: options.webhookRetryDelay,
    allow: options.webhookAllow,
  })
  registerNotFound(
    app,
    Object.fromEntries(mounted.map(({ vendor, settings }) => [vendor.id, settings.prefix + vendor.basePath])),
  )
  await app.register(admin, {
    prefix: '/__admin',
    worlds,
    token: options.adminToken ?? null,
    vendors: mounted.map(({ vendor, settings }) => describeVendor(vendor, settings)),
    stateLimit: options.stateLimit,
    projectStates: new Map(
      vendors.flatMap(({ id, projectState }) => (projectState ? [[id, projectState] as const] : [])),
    ),
    repoRoot: options.repoRoot ?? (typeof options.fixture === 'string' ? initial.folder : null),
    journals,
    faults,
    operations,
  })
  for (const { vendor, settings } of mounted) {
    await app.register((scope) => vendor.mount(scope, settings), { prefix: settings.prefix })
  }
  constrainToGit(app, mounts)
  await app.register(gitHttp, { mounts, bodyLimit: options.gitBodyLimit, agent: `fakeforge/${version}` })
  return app
}

/**
 * Each vendor brings compilers of its own, so Fastify's are never wanted; named here, they are not even loaded, which
 * would take a tenth of the start.
 */
function refuseSchemas(): never {
  throw new Error('A route with schemas needs the compilers of its vendor.')
}

async function initialFixture({ fixture }: Options): Promise<LoadedFixture> {
  if (fixture === undefined) return { fixture: demoFixture, source: 'the demo world', folder: process.cwd() }
  if (typeof fixture === 'string') return loadFixtureFile(fixture)
  return {
    fixture: await validateFixture(fixture, 'the fixture'),
    source: 'the fixture',
    folder: process.cwd(),
  }
}

function settingsOf(vendor: Vendor, { profiles, quirks, prefixes }: Options): VendorSettings {
  const own = quirks
    .filter((quirk) => quirk.startsWith(`${vendor.id}.`))
    .map((quirk) => quirk.slice(vendor.id.length + 1))
  return {
    profile: profiles[vendor.id] ?? vendor.profiles[0] ?? '',
    quirks: new Set(own),
    prefix: prefixes[vendor.id] ?? '',
  }
}

function describeVendor(vendor: Vendor, settings: VendorSettings): MountedVendor {
  const { profile, prefix } = settings
  const face = vendor.git?.(settings)
  return {
    id: vendor.id,
    profile,
    basePath: prefix + vendor.basePath,
    ...(face && { clonePath: (spec) => prefix + face.clonePath(spec) }),
  }
}

function webhookDialects(mounted: readonly { vendor: Vendor; settings: VendorSettings }[]) {
  return new Map(
    mounted.flatMap(({ vendor, settings }) => {
      const dialect = vendor.webhooks?.(settings)
      return dialect ? [[vendor.id, { dialect, prefix: settings.prefix }] as const] : []
    }),
  )
}

function gitMounts(mounted: readonly { vendor: Vendor; settings: VendorSettings }[]): GitMounts {
  return {
    faces: mounted.flatMap(({ vendor, settings }) => {
      const face = vendor.git?.(settings)
      return face ? [{ vendor: vendor.id, prefix: settings.prefix, face }] : []
    }),
    apiRoots: mounted.flatMap(({ vendor, settings }) => vendor.roots.map((root) => settings.prefix + root)),
  }
}

function isBelow(url: string, root: string): boolean {
  return url === root || url.startsWith(`${root}/`) || url.startsWith(`${root}?`)
}
