import type { Report } from '../compare/report.ts'
import type { ComparisonWishes, StoryWishes } from '../compare/run.ts'
import { loadOptions } from '../config/load.ts'
import { UsageError } from '../config/mistakes.ts'
import { type Options, type VendorId, vendorIds } from '../options.ts'
import { vendors } from '../vendors/index.ts'
import { durationOf } from './duration.ts'
import { readUrl } from './server-flags.ts'

export interface CompareFlags {
  readonly traffic?: string
  readonly live?: string
  readonly token?: string
  readonly user?: string
  readonly vendor?: string
  readonly project?: string
  readonly write?: boolean
  readonly fake?: string
  readonly adminToken?: string
  readonly fakeUser?: string
  readonly fakeProject?: string
  readonly timeout: string
  readonly format: string
  readonly output?: string
  readonly baseline?: string
  readonly writeBaseline?: string
}

type Format = 'text' | 'json' | 'junit' | 'markdown'

export const formats: Readonly<Record<Format, () => Promise<(report: Report) => string>>> = {
  text: async () => (await import('../compare/write-text.ts')).writeText,
  json: async () => (report) => `${JSON.stringify(report, null, 2)}\n`,
  junit: async () => (await import('../compare/write-junit.ts')).writeJunit,
  markdown: async () => (await import('../compare/write-markdown.ts')).writeMarkdown,
}

type Wishes = ({ readonly traffic: string } & ComparisonWishes) | StoryWishes

/** Throws UsageError with all that is wrong with the flags. */
export async function readWishes(
  flags: CompareFlags,
  say: (sentence: string) => void,
): Promise<Wishes & { readonly format: Format }> {
  const mistakes = mistakesIn(flags)
  if (mistakes.length > 0) throw new UsageError(mistakes)
  const { vendor, project = '', fakeProject = project } = flags
  const token = flags.token ?? given('FAKEFORGE_LIVE_TOKEN') ?? null
  const live = flags.live === undefined ? null : { url: readLive(flags.live), token }
  const adminToken = flags.adminToken ?? given('FAKEFORGE_ADMIN_TOKEN')
  const wishes: ComparisonWishes = {
    options: await optionsOf(flags),
    ...(flags.fake !== undefined && { fake: readUrl('--fake', flags.fake) }),
    ...(adminToken !== undefined && { adminToken }),
    ...(flags.fakeUser !== undefined && { user: flags.fakeUser }),
    ...(live && { live: { ...live, ...(flags.user !== undefined && { username: flags.user }) } }),
    ...(vendor !== undefined && { vendor: vendor as VendorId }),
    timeout: durationOf('--timeout', flags.timeout),
    say,
  }
  const format = flags.format as Format
  if (flags.traffic !== undefined) return { ...wishes, traffic: flags.traffic, format }
  return { ...(wishes as StoryWishes), project, fakeProject, write: flags.write ?? false, format }
}

function mistakesIn({ traffic, live, vendor, project, write, format, token }: CompareFlags): string[] {
  const tells = (isWrong: boolean, sentence: string) => (isWrong ? [sentence] : [])
  const isStory = traffic === undefined
  return [
    ...tells(isStory && live === undefined, '--live or --traffic is needed: what to compare the fake with'),
    ...tells(isStory && vendor === undefined, '--vendor is needed for the stories, or --traffic instead'),
    ...tells(isStory && project === undefined, '--project is needed for the stories, or --traffic instead'),
    ...tells(
      !isStory && write === true,
      '--write is for the stories: recorded requests only ever read from a live server',
    ),
    ...tells(token !== undefined && live === undefined, '--token is for --live, which is lacking'),
    ...tells(
      vendor !== undefined && !vendorIds.includes(vendor as VendorId),
      `--vendor: "${vendor}" is unknown; allowed: ${vendorIds.join(', ')}`,
    ),
    ...tells(
      !Object.hasOwn(formats, format),
      `--format: "${format}" is unknown; allowed: ${Object.keys(formats).join(', ')}`,
    ),
  ]
}

/** What the flags, the environment and the config file say about the world; the rest is as for a server of a test. */
async function optionsOf(flags: CompareFlags): Promise<Partial<Options>> {
  const given = flags as unknown as Record<string, readonly string[] | undefined>
  const { fixture, profiles, quirks, clock } = await loadOptions(
    { flags: { ...given, timeout: undefined }, env: process.env, folder: process.cwd() },
    vendors,
  )
  return {
    profiles,
    quirks,
    ...(fixture !== undefined && { fixture }),
    ...(clock !== undefined && { clock }),
  }
}

/** The address of a real server. Throws UsageError. */
export function readLive(text: string): string {
  const url = readUrl('--live', text)
  const { username, password, search, hash } = new URL(url)
  if (username + password !== '')
    throw new UsageError([
      '--live: an address with credentials in it would end up in files; give them by --token',
    ])
  if (search + hash !== '') throw new UsageError([`--live: "${text}" has more than an origin and a path`])
  return url
}

/** Compose and CI services pass variables that are set to nothing. */
function given(name: string): string | undefined {
  const text = process.env[name]?.trim()
  return text === '' ? undefined : text
}
