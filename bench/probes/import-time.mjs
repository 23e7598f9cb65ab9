/**
 * How long it takes to read a repository and to list its newest tags: `node import-time.mjs ROOT SMALL REPOSITORY` prints
 * JSON, wall and CPU time in milliseconds. A small one is read before, so that only the size of the other counts.
 */
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { pathToFileURL } from 'node:url'
import { worldOf } from '../git-world.mjs'

const [root, small, repository] = process.argv.slice(2)
const { startFakeForge } = await import(pathToFileURL(join(root, 'dist/index.js')).href)
const forge = await startFakeForge({ fixture: worldOf({ small }), port: 0, logLevel: 'silent' })

await list()
const started = performance.now()
const cpu = process.cpuUsage()
await forge.reset(worldOf({ large: repository }))
const newest = await list()
const { user, system } = process.cpuUsage(cpu)
console.log(JSON.stringify({ time: performance.now() - started, cpu: (user + system) / 1000, newest }))
await forge.close()

async function list() {
  const url = '/api/v4/projects/1/repository/tags?per_page=20'
  const answer = await forge.app.inject({ url, headers: { 'private-token': 'bench-token' } })
  if (answer.statusCode !== 200) throw new Error(answer.body)
  return answer.json()[0].name
}
