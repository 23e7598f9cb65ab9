/**
 * What sandboxes of a world with one large repository cost: `node --expose-gc sandbox-costs.mjs ROOT REPOSITORY ROUNDS`
 * prints JSON, times in microseconds and sizes in kB for one sandbox.
 */
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { pathToFileURL } from 'node:url'
import { worldOf } from '../git-world.mjs'
import { median } from '../statistics.mjs'
import { heldBytes } from './held-bytes.mjs'

const [root, repository, rounds] = process.argv.slice(2)
const COUNT = 1000
const WARMUP = 10

const { buildApp } = await import(pathToFileURL(join(root, 'dist/index.js')).href)
const app = await buildApp({ fixture: worldOf({ large: repository }), repoRoot: repository })
const { worlds } = app
const tagger = { name: 'Ada Admin', email: 'ada@example.test', time: 1_700_000_000, offset: 0 }
// The repository is read on first need, once for all sandboxes.
const target = (await open(worlds.createSandbox())).repository.ref('HEAD')

const samples = { create: [], write: [], reset: [], untouched: [], written: [] }
for (let round = -WARMUP; round < Number(rounds); round += 1) {
  const sample = await runRound()
  if (round >= 0) for (const [name, value] of Object.entries(sample)) samples[name].push(value)
}
await app.close()
console.log(
  JSON.stringify(Object.fromEntries(Object.entries(samples).map(([name, values]) => [name, median(values)]))),
)

async function runRound() {
  const before = heldBytes()
  const sandboxes = []
  const create = await timeEach(() => {
    for (let i = 0; i < COUNT; i += 1) sandboxes.push(worlds.createSandbox())
  })
  const untouched = heldBytes()
  const write = await timeEach(async () => {
    for (const sandbox of sandboxes) await createTag(sandbox)
  })
  const written = heldBytes()
  const reset = await timeEach(() => {
    for (const sandbox of sandboxes) sandbox.reset()
  })
  for (const { id } of sandboxes) worlds.removeSandbox(id)
  return {
    create,
    write,
    reset,
    untouched: (untouched - before) / COUNT / 1000,
    written: (written - before) / COUNT / 1000,
  }
}

async function timeEach(work) {
  const started = performance.now()
  await work()
  return ((performance.now() - started) * 1000) / COUNT
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
