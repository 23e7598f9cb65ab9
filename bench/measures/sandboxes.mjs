import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ask } from '../ask.mjs'
import { scratchFolder, startWorld, worldOf } from '../git-world.mjs'
import { startServer } from '../processes.mjs'
import { row } from '../row.mjs'
import { sideBySide } from '../side-by-side.mjs'
import { tagRepository } from '../tag-repository.mjs'

const SMALL = 1000
const LARGE = 100_000
/** Copies of memfs that are made for each thousand that are told. */
const COPIES = 20

export default {
  id: 'P9',
  name: 'sandbox',
  title: 'sandboxes: untouched, with a first write, against copies, and over HTTP',
  async measure({ root, quick, log }) {
    const rounds = quick ? 10 : 50
    log('  in process')
    const small = await costs(root, SMALL, rounds)
    const large = await costs(root, LARGE, rounds)
    log('  copies of memfs')
    const copies = await probe(root, 'memfs-copies.mjs', [SMALL, COPIES])
    log('  over HTTP')
    const http = await overHttp(root, quick ? 3 : 9)
    return [...alone(small, large), ...againstCopies(small, copies), ...http]
  },
}

function alone(small, large) {
  const rows = [
    [SMALL, small],
    [LARGE, large],
  ].flatMap(([tags, { create, write, list, reset, untouched, written }]) => {
    const at = `${tags.toLocaleString('en-US')} tags`
    return [
      row({ what: `sandbox untouched, ${at}`, ours: create, unit: 'µs', goal: '≤ 1 µs' }),
      row({ what: `reset after a write, ${at}`, ours: reset, unit: 'µs', goal: '≤ 1 µs' }),
      row({ what: `first write, ${at}`, ours: write, unit: 'µs', goal: '≤ 20 µs' }),
      row({ what: `20 newest tags after it, ${at}`, ours: list, unit: 'µs' }),
      row({ what: `size untouched, ${at}`, ours: untouched, unit: 'kB', goal: '≤ 10 kB' }),
      row({ what: `size after the write, ${at}`, ours: written, unit: 'kB', goal: '≤ 10 kB' }),
    ]
  })
  return [
    ...rows,
    row({
      what: 'first write at 100,000 / 1,000 tags',
      ours: large.write,
      theirs: small.write,
      unit: 'µs',
      goal: '≤ 2×',
    }),
    row({
      what: 'size at 100,000 / 1,000 tags',
      ours: large.written,
      theirs: small.written,
      unit: 'kB',
      goal: '≤ 1.5×',
    }),
  ]
}

function againstCopies({ all, written }, { time, size }) {
  const note = `a thousand copies, reckoned from ${COPIES}; ours with a first write each, and garbage collection`
  return [
    row({
      what: '1,000 sandboxes / memfs copies, time',
      ours: all,
      theirs: time,
      unit: 'ms',
      goal: '≥ 1,000×',
      of: 'theirs/ours',
      note,
    }),
    row({
      what: '1,000 sandboxes / memfs copies, size',
      ours: written / 1000,
      theirs: size / 1000,
      unit: 'GB',
      goal: '≥ 300×',
      of: 'theirs/ours',
      note,
    }),
  ]
}

async function costs(root, tags, rounds) {
  return probe(root, 'sandbox-costs.mjs', [root, await tagRepository(tags), rounds])
}

/** Runs a probe in a process of its own, where nothing else is in memory. */
async function probe(root, file, args) {
  const command = [join(root, 'bench/probes', file), ...args.map(String)]
  const { stdout } = await promisify(execFile)(process.execPath, command, { env: { PATH: process.env.PATH } })
  return JSON.parse(stdout)
}

/** What a sandbox of a large world costs the server, against a plain POST that is answered with as many bytes. */
async function overHttp(root, rounds) {
  const folder = scratchFolder()
  const ours = await startWorld(root, folder, worldOf({ large: await tagRepository(LARGE) }), {
    env: { FAKEFORGE_SANDBOX_LIMIT: String(1_000_000) },
  })
  const url = `${ours.url}/__admin/sandboxes`
  const answer = await ask(url, { method: 'POST', body: {} })
  const theirs = await startServer({
    args: (port) => [join(root, 'bench/rivals/post.mjs'), String(port), JSON.stringify(answer)],
    path: '/',
  })
  try {
    const result = await sideBySide(
      { ours: () => post(ours, url), theirs: () => post(theirs, `${theirs.url}/`) },
      { rounds, warmup: 2 },
    )
    return [
      row({
        what: 'POST of a sandbox / bare POST, CPU',
        ours: result.ours.cpu,
        theirs: result.theirs.cpu,
        unit: 'µs',
        goal: '≤ 1.5×',
      }),
      row({
        what: 'POST of a sandbox / bare POST, time',
        ours: result.ours.time,
        theirs: result.theirs.time,
        unit: 'µs',
        goal: '≤ 1.5×',
      }),
    ]
  } finally {
    await Promise.all([ours.stop(), theirs.stop()])
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Microseconds of the server's CPU and of the clock for one request. */
async function post(server, url) {
  const count = 2500
  const cpu = server.cpu()
  const started = performance.now()
  for (let i = 0; i < count; i += 1) await ask(url, { method: 'POST', body: {} })
  return {
    cpu: ((server.cpu() - cpu) * 1e6) / count,
    time: ((performance.now() - started) * 1000) / count,
  }
}
