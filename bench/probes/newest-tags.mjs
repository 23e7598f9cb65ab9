/**
 * The 20 newest tags of a repository on disk, asked for again and again: `node newest-tags.mjs ROOT REPOSITORY` prints the
 * median time in microseconds.
 */
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { pathToFileURL } from 'node:url'
import { worldOf } from '../git-world.mjs'
import { median } from '../statistics.mjs'

const [root, repository] = process.argv.slice(2)
const BATCH = 1000
const BATCHES = 50

const { buildApp } = await import(pathToFileURL(join(root, 'dist/index.js')).href)
const app = await buildApp({ fixture: worldOf({ large: repository }) })
const { forge } = app.worlds.main
const { repository: git } = await forge.open(forge.spec(1))

const times = []
for (let batch = 0; batch < BATCHES; batch += 1) {
  const started = performance.now()
  for (let i = 0; i < BATCH; i += 1) {
    const tags = git.tags.page('created', 'desc', 0, 20).map((entry) => git.toTag(entry))
    if (tags.length !== 20) throw new Error('tags are missing')
  }
  times.push(((performance.now() - started) * 1000) / BATCH)
}
await app.close()
console.log(median(times))
