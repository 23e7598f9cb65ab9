import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServer } from './processes.mjs'

export const TOKEN = 'bench-token'
const users = [
  { username: 'bench', name: 'Bench', email: 'bench@example.test', tokens: [TOKEN], admin: true },
]

/** A folder that goes away with this process. */
export function scratchFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'fakeforge-bench-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A fixture of public projects `acme/<name>` over repositories on disk, numbered from 1 on in their order. */
export function worldOf(repositories) {
  const projects = Object.entries(repositories).map(([name, git], at) => ({
    path: `acme/${name}`,
    id: at + 1,
    visibility: 'public',
    members: { bench: 'owner' },
    git,
  }))
  return { users, owners: [{ alias: 'acme' }], projects }
}

/** The packaged CLI, serving a fixture; `preload` is a module to load before it. */
export function startWorld(root, folder, fixture, { preload = [], env = {} } = {}) {
  const file = join(folder, `world-${process.hrtime.bigint()}.json`)
  writeFileSync(file, JSON.stringify(fixture))
  const imports = preload.flatMap((module) => ['--import', module])
  const command = [join(root, 'dist/cli.js'), '--fixture', file, '--log-level', 'silent']
  return startServer({
    args: (port) => [...imports, ...command, '--port', String(port)],
    env,
    path: '/__admin/health',
  })
}
