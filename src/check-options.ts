import { UsageError } from './config/mistakes.ts'
import type { LoadedFixture } from './forge/fixture/load.ts'
import { checkProfiles as checkProfilesOf, type KnownProfiles, profileMistake } from './forge/profiles.ts'
import type { Options } from './options.ts'
import type { Vendor } from './vendors/vendor.ts'

/** Refuses what code may have misspelt and the command line has checked already. Throws UsageError. */
export function checkOptions(
  { profiles, quirks, prefixes, clock, strict, journalSize }: Options,
  vendors: readonly Vendor[],
): void {
  const mistakes: string[] = []
  const known = profilesOf(vendors)
  for (const [id, profile] of Object.entries(profiles)) {
    const mistake = profileMistake(known, id, profile)
    if (mistake) mistakes.push(mistake)
  }
  const oddities = vendors.flatMap((vendor) => vendor.quirks.map((quirk) => `${vendor.id}.${quirk.name}`))
  for (const quirk of quirks) {
    if (!oddities.includes(quirk)) mistakes.push(`unknown quirk "${quirk}"; allowed: ${oddities.join(', ')}`)
  }
  for (const [id, prefix] of Object.entries(prefixes)) {
    if (!vendors.some((vendor) => vendor.id === id)) mistakes.push(unknownVendor(vendors, id))
    else if (!/^(?:\/[\w.~-]+)+$/.test(prefix))
      mistakes.push(`"${prefix}" cannot be a prefix; write it as /${id}`)
  }
  if (clock !== undefined && Number.isNaN(Date.parse(clock)))
    mistakes.push(`"${clock}" is not an ISO 8601 instant`)
  if (strict && journalSize === 0) mistakes.push('strict needs a journal, and its size is 0')
  if (mistakes.length > 0) throw new UsageError(mistakes)
}

/** Refuses a fixture whose projects are on versions that no vendor knows. Throws FixtureError. */
export function checkProfiles(fixture: LoadedFixture, vendors: readonly Vendor[]): void {
  checkProfilesOf(fixture, profilesOf(vendors))
}

function profilesOf(vendors: readonly Vendor[]): KnownProfiles {
  return new Map(vendors.map(({ id, profiles }) => [id, profiles]))
}

function unknownVendor(vendors: readonly Vendor[], id: string): string {
  return `unknown vendor "${id}"; allowed: ${vendors.map((vendor) => vendor.id).join(', ')}`
}
