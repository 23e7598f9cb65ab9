/** What the commands that talk to a running server have in common. */
import type { Command } from 'commander'
import { connect } from '../client/connect.ts'
import type { Control } from '../client/control.ts'
import { UsageError } from '../config/mistakes.ts'

export const DEFAULT_URL = 'http://127.0.0.1:4747'

export interface ServerFlags {
  readonly url?: string
  readonly adminToken?: string
  readonly sandbox?: string
  readonly json?: boolean
}

/** The rows of docs/cli.md, too: flag, environment, what. */
export const serverFlags = [
  ['--url <url>', 'FAKEFORGE_URL', `where the server is (default: ${DEFAULT_URL})`],
  ['--admin-token <token>', 'FAKEFORGE_ADMIN_TOKEN', "the control plane's token, if it asks for one"],
  ['--sandbox <id>', '', "the world of a sandbox instead of the server's own"],
  ['--json', '', 'the result as JSON; a failure as well, on stderr'],
] as const

export function addServerFlags(command: Command): Command {
  for (const [flag, variable, help] of serverFlags)
    command.option(flag, variable === '' ? help : `${help}; environment: ${variable}`)
  return command
}

/** The server that is meant. Throws UsageError for what is no address. */
export function serverUrl({ url }: ServerFlags): string {
  const [source, text] = url === undefined ? ['FAKEFORGE_URL', given('FAKEFORGE_URL')] : ['--url', url]
  return readUrl(source, text ?? DEFAULT_URL)
}

/** Throws UsageError. */
export function readUrl(source: string, text: string): string {
  if (/^https?:\/\/[^/]/.test(text) && URL.canParse(text)) return text.replace(/\/+$/, '')
  throw new UsageError([`${source}: "${text}" is not an address; write it as ${DEFAULT_URL}`])
}

export function adminToken(flags: ServerFlags): string | undefined {
  return flags.adminToken ?? given('FAKEFORGE_ADMIN_TOKEN')
}

/** The world that the flags name. Throws UsageError and what `connect` throws. */
export function connectTo(flags: ServerFlags): Promise<Control> {
  const token = adminToken(flags)
  const { sandbox } = flags
  return connect(serverUrl(flags), {
    ...(token !== undefined && { token }),
    ...(sandbox !== undefined && { sandbox }),
  })
}

/** Compose and CI services pass variables that are set to nothing. */
function given(name: string): string | undefined {
  const text = process.env[name]?.trim()
  return text === '' ? undefined : text
}
