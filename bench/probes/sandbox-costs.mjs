/**
 * What sandboxes of a world with one large repository cost: `node --expose-gc sandbox-costs.mjs ROOT REPOSITORY ROUNDS`
 * prints JSON, times in microseconds of CPU and sizes in kB for one sandbox.
 */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { worldOf } from '../git-world.mjs'
import { median } from '../statistics.mjs'
import { settledBytes } from './held-bytes.mjs'

const [root, repository, rounds] = process.argv.slice(2)
const COUNT = 1000
const BATCH = 100
const WARMUP = 10

const { buildApp } = await import(pathToFileURL(join(root, 'dist/index.js')).href)
const app = await buildApp({ fixture: worldOf({ large: repository }), repoRoot: repository })
const { worlds } = app
const tagger = { name: 'Ada Admin', email: 'ada@example.test', time: 1_700_000_000, offset: 0 }
// The repository is read on first need, once for all sandboxes.
const target = (await open(worlds.createSandbox())).repository.ref('HEAD')

const samples = { create: [], write: [], list: [], reset: [], all: [], untouched: [], written: [] }
for (let round = -WARMUP; round < Number(rounds); round += 1) {
  const sample = await runRound()
  if (round >= 0) for (const [name, value] of Object.entries(sample)) samples[name].push(value)
}
await app.close()
console.log(
  JSON.stringify(Object.fromEntries(Object.entries(samples).map(([name, values]) => [name, median(values)]))),
)

async function runRound() {
  const before = await settledBytes()
  const sandboxes = []
  const create = await timeBatches(() => void sandboxes.push(worlds.createSandbox()))
  const untouched = await settledBytes()
  const write = await timeBatches((at) => createTag(sandboxes[at]))
  const written = await settledBytes()
  const list = await timeBatches(async (at) => {
    const { repository } = await open(sandboxes[at])
    repository.tags.page('created', 'desc', 0, 20)
  })
  const reset = await timeBatches((at) => sandboxes[at].reset())
  for (const { id } of sandboxes) worlds.removeSandbox(id)
  return {
    create: create.typical,
    write: write.typical,
    list: list.typical,
    reset: reset.typical,
    all: create.mean + write.mean,
    untouched: (untouched - before) / COUNT / 1000,
    written: (written - before) / COUNT / 1000,
  }
}

/**
 * What one call costs in the median batch of a hundred, and on average over all thousand, which includes what the garbage
 * collector does about them now and then. CPU time, that of its threads included: it says the same on a machine that others
 * use too.
 */
async function timeBatches(work) {
  const batches = []
  for (let from = 0; from < COUNT; from += BATCH) {
    const started = process.cpuUsage()
    for (let at = from; at < from + BATCH; at += 1) {
      const done = work(at)
      if (done) await done
    }
    const { user, system } = process.cpuUsage(started)
    batches.push((user + system) / BATCH)
  }
  return { typical: median(batches), mean: batches.reduce((sum, time) => sum + time, 0) / batches.length }
}

function open({ forge }) {
  return forge.open(forge.spec(1))
}

async function createTag(sandbox) {
  const project = await open(sandbox)
  const name = 'new/annotated'
  const after = project.repository.createTagObject({ name, target, tagger, message: 'The first write\n' })
  const ref = `refs/tags/${name}`
  project.moveRefs([{ ref, before: null, after }], { actor: null, via: 'api', vendor: 'gitlab' })
}
