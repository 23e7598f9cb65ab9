import { join } from 'node:path'
import { ask, inParallel } from '../ask.mjs'
import { freePort, startServer } from '../processes.mjs'
import { row } from '../row.mjs'

const WAVE = 1000
const SANDBOXES = 10_000
/**
 * Waves that bring what stays: compiled code, memory that the allocator keeps, and caches. The largest of these are full
 * after 4096 tags and 2 MiB of tag objects; messages are long so that this is soon.
 */
const WARMUP = 5
const MESSAGE = 'What is new is written in the change log. '.repeat(12)
const TAGS = '/api/v4/projects/1/repository/tags'
const headers = { 'private-token': 'mia-token' }

export default {
  id: 'leak',
  name: 'leak',
  title: '10,000 sandboxes, each written to and read, and dropped again',
  async measure({ root, quick, log }) {
    const memoryPort = await freePort()
    const server = await startServer({
      args: (port) => [
        ...['--import', join(root, 'bench/probes/memory-port.mjs')],
        ...[join(root, 'dist/cli.js'), '--port', String(port), '--log-level', 'silent'],
      ],
      env: { FAKEFORGE_BENCH_MEMORY_PORT: String(memoryPort) },
      path: '/__admin/health',
    })
    const memory = () => ask(`http://127.0.0.1:${memoryPort}/`)
    try {
      for (let i = 0; i < WARMUP; i += 1) await wave(server)
      const before = await memory()
      let full = before
      const waves = (quick ? 3000 : SANDBOXES) / WAVE
      for (let i = 0; i < waves; i += 1) {
        await wave(server, async () => {
          full = await memory()
        })
        log(`  ${(i + 1) * WAVE} sandboxes`)
      }
      return rows(before, full, await memory())
    } finally {
      await server.stop()
    }
  },
}

function rows(before, full, after) {
  const growth = (name, what) =>
    row({
      what,
      ours: after[name] / 1e6,
      theirs: before[name] / 1e6,
      unit: 'MB',
      goal: '≤ 1.1×',
      note: 'beside it: before them, with caches that others have filled',
    })
  return [
    growth('held', 'heap and buffers after them'),
    growth('rss', 'resident memory after them'),
    row({
      what: 'one of 1,000 sandboxes that are there',
      ours: (full.held - before.held) / WAVE / 1000,
      unit: 'kB',
      note: 'with two requests in its journal',
    }),
  ]
}

/** A thousand sandboxes at once. `whenFull` is called while they are there. */
async function wave({ url }, whenFull = () => {}) {
  const sandboxes = []
  await inParallel(Array.from({ length: WAVE }), 16, async () => {
    const sandbox = await ask(`${url}/__admin/sandboxes`, { method: 'POST', body: {} })
    sandboxes.push(sandbox)
    const tag = { tag_name: 'new', ref: 'main', message: `${sandbox.id}: ${MESSAGE}` }
    await ask(sandbox.url + TAGS, { method: 'POST', headers, body: tag })
    await ask(`${sandbox.url}${TAGS}?search=new`, { headers })
  })
  await whenFull()
  await inParallel(sandboxes, 16, ({ id }) => ask(`${url}/__admin/sandboxes/${id}`, { method: 'DELETE' }))
}
