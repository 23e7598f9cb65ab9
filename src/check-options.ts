import { UsageError } from './config/mistakes.ts'
import type { LoadedFixture } from './forge/fixture/load.ts'
import { FixtureError, type Problem } from './forge/fixture/problem.ts'
import type { Options } from './options.ts'
import type { Vendor } from './vendors/vendor.ts'

/** Refuses what code may have misspelt and the command line has checked already. Throws UsageError. */
export function checkOptions(
  { profiles, quirks, prefixes, clock }: Options,
  vendors: readonly Vendor[],
): void {
  const mistakes: string[] = []
  for (const [id, profile] of Object.entries(profiles)) {
    const mistake = profileMistake(vendors, id, profile)
    if (mistake) mistakes.push(mistake)
  }
  const known = vendors.flatMap((vendor) => vendor.quirks.map((quirk) => `${vendor.id}.${quirk.name}`))
  for (const quirk of quirks) {
    if (!known.includes(quirk)) mistakes.push(`unknown quirk "${quirk}"; allowed: ${known.join(', ')}`)
  }
  for (const [id, prefix] of Object.entries(prefixes)) {
    if (!vendors.some((vendor) => vendor.id === id)) mistakes.push(unknownVendor(vendors, id))
    else if (!/^(?:\/[\w.~-]+)+$/.test(prefix))
      mistakes.push(`"${prefix}" cannot be a prefix; write it as /${id}`)
  }
  if (clock !== undefined && Number.isNaN(Date.parse(clock)))
    mistakes.push(`"${clock}" is not an ISO 8601 instant`)
  if (mistakes.length > 0) throw new UsageError(mistakes)
}

/** A fixture's projects may be on servers of other versions; which there are is for the vendors to say. Throws FixtureError. */
export function checkProfiles({ fixture, source }: LoadedFixture, vendors: readonly Vendor[]): void {
  const problems = (fixture.projects ?? []).flatMap((project, i): Problem[] =>
    Object.entries(project.profiles ?? {}).flatMap(([id, profile]) => {
      const message = profileMistake(vendors, id, profile)
      return message ? [{ path: `projects[${i}].profiles.${id}`, message }] : []
    }),
  )
  if (problems.length > 0) throw new FixtureError(source, problems)
}

function profileMistake(vendors: readonly Vendor[], id: string, profile: string): string | null {
  const vendor = vendors.find((candidate) => candidate.id === id)
  if (!vendor) return unknownVendor(vendors, id)
  if (vendor.profiles.includes(profile)) return null
  return `${id} has no profile "${profile}"; allowed: ${vendor.profiles.join(', ')}`
}

function unknownVendor(vendors: readonly Vendor[], id: string): string {
  return `unknown vendor "${id}"; allowed: ${vendors.map((vendor) => vendor.id).join(', ')}`
}
