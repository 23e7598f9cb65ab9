import { randomBytes } from 'node:crypto'
import { drivers } from '../conformance/drivers/index.ts'
import { loadTraffic } from '../exchange/load-traffic.ts'
import type { Session } from '../exchange/traffic.ts'
import type { Options, VendorId } from '../options.ts'
import { ComparisonError } from './comparison-error.ts'
import type { SessionReport } from './drift.ts'
import { borrowFake, startFake } from './fake.ts'
import { type LiveWishes, openLive } from './live.ts'
import type { FakeParty } from './party.ts'
import { replay } from './replay.ts'
import { tellStories } from './story.ts'

export interface ComparisonWishes {
  /** How the fake of this process is to be; its profile wins over that of a recording where it is named. */
  readonly options: Partial<Options>
  /** The address of one that runs; absent: one is started. */
  readonly fake?: string
  readonly adminToken?: string
  /** Whose token stands in the fake for one that was redacted. */
  readonly user?: string
  readonly live?: LiveWishes
  readonly vendor?: VendorId
  /** Milliseconds for one answer. */
  readonly timeout: number
  /** Told what is worth knowing while it goes on. */
  say(sentence: string): void
}

export interface StoryWishes extends ComparisonWishes {
  readonly live: LiveWishes
  readonly vendor: VendorId
  readonly project: string
  /** The same project in the fake, where it is addressed otherwise. */
  readonly fakeProject: string
  readonly write: boolean
}

/** Credentials that the comparison had, for taking them out of what it says. */
export interface Outcome {
  readonly reports: readonly SessionReport[]
  readonly secrets: ReadonlySet<string>
}

/** Sends recorded requests. Throws UsageError, FixtureError, ComparisonError, and what files and servers refuse. */
export async function compareTraffic(path: string, wishes: ComparisonWishes): Promise<Outcome> {
  const { sessions, leftOut } = await loadTraffic(path, wishes.vendor)
  if (sessions.length === 0)
    throw new ComparisonError(
      'no-traffic',
      `${path} has no requests to a forge${wishes.vendor ? ` of ${wishes.vendor}` : ''}.`,
    )
  const secrets = new Set<string>()
  const reports: SessionReport[] = []
  for (const session of sessions) {
    const fake = await fakeFor(session, wishes)
    try {
      const live = wishes.live ? openLive(wishes.live, knownTokens(fake), wishes.timeout) : null
      for (const { token } of [fake.credential, ...(live ? [live.credential] : [])])
        if (token) secrets.add(token)
      const report = await replay(session, fake, live)
      const isWelcome = session.exchanges.some(({ answer }) => answer.status !== 401)
      if (isWelcome && report.exchanges.length > 0) live?.demandAnswers('traffic')
      reports.push(report)
    } finally {
      await fake.close()
    }
  }
  for (const { source, name, reason } of leftOut) wishes.say(`${source}: left out ${name}: ${reason}`)
  return { reports, secrets }
}

/** Tells the conformance stories. The same errors. */
export async function compareStories(wishes: StoryWishes, stop: AbortSignal): Promise<Outcome> {
  const { vendor, project, fakeProject, write, live: liveWishes, say } = wishes
  const fake = await openFake(wishes, {})
  try {
    const live = openLive(liveWishes, knownTokens(fake), wishes.timeout, stop)
    const prefix = `fakeforge-compare-${randomBytes(4).toString('hex')}-`
    if (write) say(`tags of this run are called ${prefix}…`)
    const driver = (name: string) => drivers[vendor]({ project: name })
    const reports = await tellStories(
      { party: live, driver: driver(project) },
      { party: fake, driver: driver(fakeProject) },
      { prefix, isReadOnly: !write, say },
    )
    stop.throwIfAborted()
    live.demandAnswers('stories')
    const tokens = [live.credential.token, fake.credential.token].filter((token) => token !== null)
    return { reports, secrets: new Set(tokens) }
  } finally {
    await fake.close()
  }
}

function fakeFor(session: Session, wishes: ComparisonWishes): Promise<FakeParty> {
  const { vendor, profile, world, clock } = session
  const { options } = wishes
  const profiles = { ...(profile !== undefined && { [vendor]: profile }), ...options.profiles }
  return openFake(
    { ...wishes, options: { ...options, profiles } },
    {
      ...(world && options.fixture === undefined && { world }),
      ...(clock !== undefined && options.clock === undefined && { clock }),
    },
  )
}

function openFake(
  { options, fake, adminToken, user, timeout }: ComparisonWishes,
  scene: { readonly world?: object; readonly clock?: string },
): Promise<FakeParty> {
  const whole = { ...scene, ...(user !== undefined && { user }), timeout }
  return fake === undefined ? startFake(options, whole) : borrowFake(fake, adminToken, whole)
}

/** Recordings of the fake's own world have its tokens, which mean nothing elsewhere. */
function knownTokens({ credential }: FakeParty): (text: string) => boolean {
  return (text) => credential.tokenOf?.(text) !== undefined
}
