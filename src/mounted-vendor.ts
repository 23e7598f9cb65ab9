import type { TSchema } from 'typebox'
import type { MountedVendor as ControlledVendor } from './http/admin/index.ts'
import type { GitMounts } from './http/git-url.ts'
import { type ParameterHabits, PLAIN_HABITS } from './http/journal/unread-fields.ts'
import type { Options } from './options.ts'
import { vendors } from './vendors/index.ts'
import type { Vendor, VendorSettings } from './vendors/vendor.ts'

/** A vendor, and how it is mounted in one server. */
export interface MountedVendor {
  readonly vendor: Vendor
  readonly settings: VendorSettings
}

/** Mounts every vendor as the options say. */
export function mountVendors(options: Options): MountedVendor[] {
  return vendors.map((vendor) => ({ vendor, settings: settingsOf(vendor, options) }))
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

/** Tells whose a URL is, without the base path of any sandbox; undefined for nobody's. */
export function ownersByUrl(mounted: readonly MountedVendor[]): (url: string) => MountedVendor | undefined {
  const roots = mounted.flatMap((each) =>
    each.vendor.roots.map((root) => [each.settings.prefix + root, each] as const),
  )
  return (url) => roots.find(([root]) => isBelow(url, root))?.[1]
}

function isBelow(url: string, root: string): boolean {
  if (!url.startsWith(root)) return false
  const next = url[root.length]
  return next === undefined || next === '/' || next === '?'
}

/** A vendor as the control plane knows it. */
export function describeVendor({ vendor, settings }: MountedVendor): ControlledVendor {
  const { profile, prefix } = settings
  const face = vendor.git?.(settings)
  return {
    id: vendor.id,
    title: vendor.title,
    prefix,
    profile,
    profiles: vendor.profiles,
    basePath: prefix + vendor.basePath,
    describe: () => vendor.description(settings),
    evidence: vendor.evidence,
    ...(face && { clonePath: (spec) => prefix + face.clonePath(spec) }),
    ...(vendor.pages && { pages: vendor.pages }),
  }
}

/** What vendors remember of projects, by vendor id. */
export function projectStates(): ReadonlyMap<string, TSchema> {
  return new Map(
    vendors.flatMap(({ id, projectState }) => (projectState ? [[id, projectState] as const] : [])),
  )
}

/** How parameters reach the operations of a vendor; of none, too. */
export function parameterHabits(id: string | null): ParameterHabits {
  return vendors.find((vendor) => vendor.id === id)?.parameters ?? PLAIN_HABITS
}

/** What webhooks of each vendor are sent, by vendor id. */
export function webhookDialects(mounted: readonly MountedVendor[]) {
  return new Map(
    mounted.flatMap(({ vendor, settings }) => {
      const dialect = vendor.webhooks?.(settings)
      return dialect ? [[vendor.id, { dialect, prefix: settings.prefix }] as const] : []
    }),
  )
}

/** Where git is served. */
export function gitMounts(mounted: readonly MountedVendor[]): GitMounts {
  return {
    faces: mounted.flatMap(({ vendor, settings }) => {
      const face = vendor.git?.(settings)
      return face ? [{ vendor: vendor.id, prefix: settings.prefix, face }] : []
    }),
    apiRoots: mounted.flatMap(({ vendor, settings }) => vendor.roots.map((root) => settings.prefix + root)),
  }
}
