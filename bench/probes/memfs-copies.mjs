/**
 * What a copy of a repository in memfs costs, made by toJSON and fromJSON: `node memfs-copies.mjs TAGS COPIES` prints JSON,
 * microseconds of CPU and the size in kB for one copy.
 */
import git from 'isomorphic-git'
import { Volume } from 'memfs'
import { median } from '../statistics.mjs'
import { settledBytes } from './held-bytes.mjs'

const [tags, copies] = process.argv.slice(2).map(Number)
const person = { name: 'Ada Admin', email: 'ada@example.test', timestamp: 1_700_000_000, timezoneOffset: 0 }
const gitdir = '/repository.git'

const volume = new Volume()
const at = { fs: volume, gitdir }
await git.init({ ...at, bare: true, defaultBranch: 'main' })
const tree = await git.writeTree({ ...at, tree: [] })
const commit = { message: 'Start\n', tree, parent: [], author: person, committer: person }
const object = await git.writeCommit({ ...at, commit })
await git.writeRef({ ...at, ref: 'refs/heads/main', value: object })
for (let i = 0; i < tags; i += 1)
  await git.annotatedTag({ ...at, ref: `v${i}`, message: `Release ${i}\n`, object, tagger: person })

const kept = []
const times = []
copy()
const before = await settledBytes()
for (let i = 0; i < copies; i += 1) {
  const started = process.cpuUsage()
  kept.push(copy())
  const { user, system } = process.cpuUsage(started)
  times.push(user + system)
}
const size = ((await settledBytes()) - before) / copies / 1000
if (kept.some((one) => one.readdirSync(`${gitdir}/refs/tags`).length !== tags))
  throw new Error('a copy is not whole')
console.log(JSON.stringify({ time: median(times), size }))

/** As buffers: as text, which is what toJSON gives by default, objects would be spoiled. */
function copy() {
  return Volume.fromJSON(volume.toJSON(undefined, {}, false, true))
}
