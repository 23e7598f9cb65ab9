import type { LoadedFixture } from './fixture/load.ts'
import { FixtureError, type Problem } from './fixture/problem.ts'

/** The versions of each vendor that a server can imitate, by vendor id. */
export type KnownProfiles = ReadonlyMap<string, readonly string[]>

/** A project may be on servers of other versions; which there are is for the vendors to say. Throws FixtureError. */
export function checkProfiles({ fixture, source }: LoadedFixture, known: KnownProfiles): void {
  const problems = profileProblems(fixture.projects ?? [], known)
  if (problems.length > 0) throw new FixtureError(source, problems)
}

/** Where projects name profiles that there are not. */
export function profileProblems(
  projects: readonly { readonly profiles?: Readonly<Record<string, string>> }[],
  known: KnownProfiles,
): Problem[] {
  return projects.flatMap(({ profiles = {} }, i) =>
    Object.entries(profiles).flatMap(([vendor, profile]) => {
      const message = profileMistake(known, vendor, profile)
      return message === null ? [] : [{ path: `projects[${i}].profiles.${vendor}`, message }]
    }),
  )
}

/** Why a profile cannot be had; null when it can. */
export function profileMistake(known: KnownProfiles, vendor: string, profile: string): string | null {
  const profiles = known.get(vendor)
  if (!profiles) return `unknown vendor "${vendor}"; allowed: ${[...known.keys()].join(', ')}`
  if (profiles.includes(profile)) return null
  return `${vendor} has no profile "${profile}"; allowed: ${profiles.join(', ')}`
}
