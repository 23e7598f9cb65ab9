import { connect } from '../client/connect.ts'
import type { Control } from '../client/control.ts'
import { sendTo } from '../exchange/send.ts'
import type { State } from '../forge/state/schema.ts'
import { startFakeForge } from '../library/fake-forge.ts'
import type { Options } from '../options.ts'
import type { FakeParty } from './party.ts'

/** Which world the fake is to have, and whom requests are sent for. */
export interface FakeWishes {
  /** A fixture of its own; absent: that of the options. */
  readonly world?: object
  readonly clock?: string
  /** Whose token stands for one that was redacted; absent: a maintainer's. */
  readonly user?: string
  /** Milliseconds. */
  readonly timeout: number
}

/** Starts a server in this process, on a free port. Throws FixtureError, UsageError. */
export async function startFake(options: Partial<Options>, wishes: FakeWishes): Promise<FakeParty> {
  const { world, clock } = wishes
  const forge = await startFakeForge({
    ...options,
    ...(world && { fixture: world }),
    ...(clock !== undefined && { clock }),
    journalSize: 10_000,
    journalBodyLimit: 0,
  })
  return partyOf(forge, wishes, () => forge.close())
}

/** Takes a sandbox of a server that runs, so that nothing changes in its own world. Throws what `connect` throws. */
export async function borrowFake(
  url: string,
  token: string | undefined,
  wishes: FakeWishes,
): Promise<FakeParty> {
  const control = await connect(url, token === undefined ? {} : { token })
  const sandbox = await control.sandbox(wishes.world ? { fixture: wishes.world } : {})
  if (wishes.clock !== undefined) await sandbox.clock.freeze(wishes.clock)
  return partyOf(sandbox, wishes, () => sandbox.close())
}

async function partyOf(control: Control, wishes: FakeWishes, close: () => Promise<void>): Promise<FakeParty> {
  const state = (await control.state()) as unknown as State
  const usable = state.tokens.filter(
    ({ kind, scopes, state: condition }) => kind === 'personal' && scopes === null && condition === 'active',
  )
  const tokens = new Map(usable.map(({ username, value }) => [username, value]))
  const username = wishes.user ?? writerOf(state, tokens)
  const begin = await control.journal.last().catch(() => 0)
  return {
    url: control.url,
    send: sendTo(control.url, wishes),
    credential: {
      token: tokens.get(username) ?? null,
      username,
      tokenOf: (text) => tokens.get(text) ?? (usable.some(({ value }) => value === text) ? text : undefined),
    },
    operations: async () => {
      const entries = await control.journal.list({ since: begin, limit: 10_000 }).catch(() => [])
      return entries.map(({ operation }) => operation)
    },
    close,
  }
}

/** Whoever may write, but not everywhere: an administrator is shown more than others are. */
function writerOf({ projects, users }: State, tokens: ReadonlyMap<string, string>): string {
  const writers = projects.flatMap(({ members }) =>
    Object.entries(members).flatMap(([name, role]) => (role === 'maintainer' ? [name] : [])),
  )
  const names = [...writers, ...users.map((user) => user.username)]
  return names.find((name) => tokens.has(name)) ?? ''
}
