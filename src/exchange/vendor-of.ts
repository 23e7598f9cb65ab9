import { ownersByUrl } from '../mounted-vendor.ts'
import type { VendorId } from '../options.ts'
import { vendors } from '../vendors/index.ts'

export interface Owner {
  readonly vendor: VendorId
  /** The context path that the server has its API under; empty for none. */
  readonly prefix: string
  readonly path: string
}

const ownerByUrl = ownersByUrl(
  vendors.map((vendor) => ({ vendor, settings: { profile: '', quirks: new Set<string>(), prefix: '' } })),
)

/** Roots that are nobody else's, so that they are known behind a context path too. */
const TELLING =
  /^(\/[\w-]+(?:\/[\w-]+)?)(\/(?:api\/v4|rest\/(?:api|git|tags|branch-utils|default-branches))\/.*)$/

/** Whose API a path belongs to; null for what is no API: pages, pictures, git itself. */
export function ownerOf(path: string, only?: VendorId): Owner | null {
  const [, prefix = '', bare = path] = (isKnown(path) ? null : TELLING.exec(path)) ?? []
  const vendor = ownerByUrl(bare)?.vendor.id
  if (vendor === undefined || (only !== undefined && vendor !== only)) return null
  return { vendor, prefix, path: bare }
}

function isKnown(path: string): boolean {
  return ownerByUrl(path) !== undefined
}
