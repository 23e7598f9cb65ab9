/** What can keep fakeforge from running here, one finding each. */
import { execFile } from 'node:child_process'
import { createServer } from 'node:net'
import { promisify } from 'node:util'
import { ConnectionError } from '../client/connection-error.ts'
import { findConfigFile } from '../config/config-file.ts'
import { loadOptions } from '../config/load.ts'
import { loadFixtureFile } from '../forge/fixture/load.ts'
import { defaultOptions, type Options } from '../options.ts'
import { vendors } from '../vendors/index.ts'
import { version } from '../version.ts'
import { reportFailure } from './failure-report.ts'
import { connectTo, type ServerFlags, serverUrl } from './server-flags.ts'

export interface Finding {
  readonly check: 'node' | 'git' | 'settings' | 'fixture' | 'port' | 'server'
  /** `note`: it runs, but something is worth knowing. */
  readonly verdict: 'ok' | 'note' | 'bad'
  readonly what: string
  /** What to do next. */
  readonly next: string | null
}

const OLDEST_NODE = [20, 19] as const

/** Throws UsageError for a `--url` that is none. */
export async function checkUp(flags: ServerFlags): Promise<Finding[]> {
  const { options, finding: settings } = await checkSettings()
  return [
    checkNode(process.versions.node),
    await checkGit(),
    settings,
    await checkFixture(options),
    ...(await checkPort(options, flags)),
    await checkServer(flags),
  ]
}

export function checkNode(node: string): Finding {
  const [major = 0, minor = 0] = node.split('.').map(Number)
  const [oldest, oldestMinor] = OLDEST_NODE
  const isOld = major < oldest || (major === oldest && minor < oldestMinor)
  return isOld
    ? {
        check: 'node',
        verdict: 'bad',
        what: `Node.js ${node} is too old`,
        next: `Install ${OLDEST_NODE.join('.')} or newer.`,
      }
    : { check: 'node', verdict: 'ok', what: `Node.js ${node}, fakeforge ${version}`, next: null }
}

async function checkGit(): Promise<Finding> {
  try {
    const { stdout } = await promisify(execFile)('git', ['--version'])
    return { check: 'git', verdict: 'ok', what: stdout.trim(), next: null }
  } catch {
    const next = 'fakeforge itself needs none; install it to clone, fetch and push.'
    return { check: 'git', verdict: 'note', what: 'there is no git on the PATH', next }
  }
}

async function checkSettings(): Promise<{ options: Options; finding: Finding }> {
  const file = findConfigFile(process.cwd())
  const named = process.env.FAKEFORGE_CONFIG || file
  try {
    const options = await loadOptions({ flags: {}, env: process.env, folder: process.cwd() }, vendors)
    const what = named === undefined ? 'settings: no config file here' : `settings: ${named}`
    return { options, finding: { check: 'settings', verdict: 'ok', what, next: null } }
  } catch (error) {
    const what = `settings: ${sentencesOf(error)}`
    const next = 'Correct that; docs/cli.md and fakeforge --help list the settings.'
    return { options: defaultOptions, finding: { check: 'settings', verdict: 'bad', what, next } }
  }
}

async function checkFixture({ fixture }: Options): Promise<Finding> {
  if (typeof fixture !== 'string')
    return {
      check: 'fixture',
      verdict: 'ok',
      what: 'fixture: the demo world',
      next: 'Your own: fakeforge init',
    }
  try {
    await loadFixtureFile(fixture)
    return { check: 'fixture', verdict: 'ok', what: `fixture: ${fixture}`, next: null }
  } catch (error) {
    const next = `Correct it, and look again: fakeforge validate ${fixture}`
    return { check: 'fixture', verdict: 'bad', what: `fixture: ${sentencesOf(error)}`, next }
  }
}

/** A port that the server in question has is as it should be. */
async function checkPort({ port, host }: Options, flags: ServerFlags): Promise<Finding[]> {
  if (port === 0) return [{ check: 'port', verdict: 'ok', what: 'port: any free one', next: null }]
  const place = `port ${port} on ${host}`
  if (await isFree(port, host))
    return [{ check: 'port', verdict: 'ok', what: `${place} is free`, next: null }]
  const { port: served } = new URL(serverUrl(flags))
  if (Number(served) === port && (await isFakeForge(flags))) return []
  const next = `Stop what listens there, or choose another: --port ${port + 1}, or --port 0 for any free one.`
  return [{ check: 'port', verdict: 'bad', what: `${place} is in use by something else`, next }]
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, host, () => server.close(() => resolve(true)))
  })
}

async function checkServer(flags: ServerFlags): Promise<Finding> {
  const url = serverUrl(flags)
  try {
    const control = await connectTo(flags)
    const facts = await control.version()
    if (facts.version === version)
      return {
        check: 'server',
        verdict: 'ok',
        what: `server: fakeforge ${version} on ${control.url}`,
        next: null,
      }
    const what = `server: fakeforge ${facts.version} on ${control.url}, while this command is ${version}`
    return { check: 'server', verdict: 'note', what, next: 'Use the same version for both.' }
  } catch (error) {
    const isAbsent = error instanceof ConnectionError && error.code === 'no-connection'
    const next = isAbsent ? `Start one: fakeforge, or name one that runs: --url URL, or FAKEFORGE_URL.` : null
    const what = isAbsent ? `server: nobody answers on ${url}` : `server: ${sentencesOf(error)}`
    return { check: 'server', verdict: isAbsent ? 'note' : 'bad', what, next }
  }
}

/** One that refuses is there as well. */
function isFakeForge(flags: ServerFlags): Promise<boolean> {
  return connectTo(flags).then(
    () => true,
    (error) => !(error instanceof ConnectionError),
  )
}

function sentencesOf(error: unknown): string {
  return reportFailure(error, false)
    .text.trim()
    .split('\n')
    .map((line) => line.replace('fakeforge: ', ''))
    .join('; ')
}
