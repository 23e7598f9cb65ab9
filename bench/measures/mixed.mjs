import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { rival } from '../contenders.mjs'
import { scratchFolder, TOKEN, worldOf } from '../git-world.mjs'
import { mixedLoad } from '../mixed-load.mjs'
import { startServer } from '../processes.mjs'
import { composePush, sendPush } from '../push-requests.mjs'
import { row } from '../row.mjs'
import { quantile } from '../statistics.mjs'
import { tagCalls } from '../tag-calls.mjs'
import { gitEnvironment, tagName, tagRepository } from '../tag-repository.mjs'
import { startWatchedWorld } from '../watched-world.mjs'

const TAGS = 100_000
const CONNECTIONS = 16
const large = { id: 1, name: 'large' }
const calls = Object.entries(tagCalls)
let names = 0

export default {
  id: 'P11',
  name: 'mixed',
  title:
    '16 connections that read and write tags of all vendors at 100,000, with clones and pushes meanwhile',
  async measure({ root, quick, log }) {
    const folder = scratchFolder()
    const origin = await tagRepository(TAGS)
    const mirrors = Object.fromEntries(['one', 'two', 'three'].map((name) => [name, undefined]))
    const ours = await startWatchedWorld(root, folder, withEmpty(worldOf({ large: origin, ...mirrors })))
    const bare = await startServer({ ...rival(root, 'post', JSON.stringify({ name: 'v1.0.0' })), path: '/' })
    const push = await composePush(origin)
    const seconds = quick ? 2 : 10
    const phases = {
      newest: () => sleep(seconds * 1000),
      alone: () => sleep(seconds * 1000),
      clone: () => cloneFor(seconds, `${ours.url}/acme/large.git`, folder),
      push: (round) => pushOnce(`${ours.url}/acme/${Object.keys(mirrors)[round]}.git`, push, seconds),
    }
    const times = { newest: [], alone: [], clone: [], push: [], bare: [] }
    const stalls = { newest: [], alone: [], clone: [], push: [] }
    const work = { alone: 0, bare: 0 }
    try {
      // The repository is read on first need, and the code is compiled.
      await mixedLoad(ours.url, visitors.alone, { connections: CONNECTIONS, until: sleep(3000) })
      for (let round = 0; round < 2; round += 1) {
        for (const [phase, run] of Object.entries(phases)) {
          log(`  ${phase}`)
          await ours.work()
          const before = { ours: ours.cpu(), bare: bare.cpu() }
          const options = { connections: CONNECTIONS, until: run(round) }
          times[phase].push(await mixedLoad(ours.url, visitors[phase], options))
          stalls[phase].push(await ours.work())
          if (phase === 'alone') work.alone += ours.cpu() - before.ours
          const pause = { connections: CONNECTIONS, until: sleep(seconds * 300) }
          times.bare.push(await mixedLoad(bare.url, bareVisitor, pause))
          work.bare += bare.cpu() - before.bare
        }
      }
      return [...rowsOf(times, stalls), cpuRow(times, work)]
    } finally {
      await Promise.all([ours.stop(), bare.stop()])
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

function rowsOf(times, stalls) {
  const p99 = (...phases) => quantile(phases.flat(2), 0.99)
  const { newest, alone, clone, push, bare } = times
  const latency = { theirs: p99(bare), unit: 'ms' }
  return [
    row({
      ...latency,
      what: 'p99 of all requests / bare Fastify',
      ours: p99(alone, clone, push),
      goal: '≤ 5×',
    }),
    row({ ...latency, what: 'p99 when nothing else goes on', ours: p99(alone) }),
    row({ ...latency, what: 'p99 when only the newest tags are read', ours: p99(newest) }),
    row({ ...latency, what: 'p99 while the repository is cloned', ours: p99(clone) }),
    row({ ...latency, what: 'p99 while 100,000 refs are pushed', ours: p99(push) }),
    stallRow('longest stall when nothing else goes on', stalls.alone),
    stallRow('longest stall when only the newest tags are read', stalls.newest),
    stallRow('longest stall while the repository is cloned', stalls.clone),
    stallRow('longest stall while 100,000 refs are pushed', stalls.push),
  ]
}

/** Of 16 requests that come at once the last waits for all others: latency is what a request costs, sixteen times. */
function cpuRow({ alone, bare }, work) {
  const cost = (seconds, times) => (seconds * 1e6) / times.flat().length
  return row({
    what: 'CPU per request when nothing else goes on / bare Fastify',
    ours: cost(work.alone, alone),
    theirs: cost(work.bare, bare),
    unit: 'µs',
  })
}

/** What counts is the time in which the server was at work without a break: on a busy machine others have the processor, too. */
function stallRow(what, samples) {
  const wall = Math.max(...samples.map((sample) => sample.wall))
  const stall = Math.max(...samples.map((sample) => sample.stall))
  return row({ what, ours: stall, unit: 'ms', goal: '≤ 50 ms', note: `${Math.round(wall)} ms by the clock` })
}

/**
 * Of ten requests three or four list, as many get, and one or two each create and delete what the connection created. Any page
 * and any tag, which is the hardest that can be asked for, as hardly ever anything comes twice; or, as most clients do it, one
 * of the first pages and a tag of one of them.
 */
function visitorOf({ pages, tags }) {
  return (connection) => {
    const made = []
    return () => {
      const [vendor, { list, get, create, remove }] = pick(calls)
      const chance = Math.random()
      if (chance < 0.35) return list(large, 1 + Math.floor(Math.random() * pages))
      if (chance < 0.7) return get(large, tagName(TAGS - 1 - Math.floor(Math.random() * tags)))
      if (chance < 0.85 || made.length === 0) {
        const name = `made-${connection}-${names}`
        names += 1
        made.push(name)
        return create(large, name)
      }
      return (vendor === 'gitflic' ? tagCalls.gitlab.remove : remove)(large, made.shift())
    }
  }
}

const anything = visitorOf({ pages: 5000, tags: TAGS })
const visitors = {
  newest: visitorOf({ pages: 5, tags: 100 }),
  alone: anything,
  clone: anything,
  push: anything,
}

function bareVisitor() {
  return () => (Math.random() < 0.7 ? { path: '/' } : { method: 'POST', path: '/', body: { name: 'v1.0.0' } })
}

/** One clone after the other, none of which begins after so many seconds. */
async function cloneFor(seconds, url, folder) {
  const end = Date.now() + seconds * 1000
  const clone = join(folder, 'clone.git')
  while (Date.now() < end) {
    await promisify(execFile)('git', ['clone', '--quiet', '--bare', url, clone], { env: gitEnvironment })
    rmSync(clone, { recursive: true })
  }
}

async function pushOnce(url, { body, count }, seconds) {
  const taken = await Promise.all([sendPush(url, TOKEN, body), sleep(seconds * 1000)])
  if (taken[0] !== count) throw new Error(`${taken[0]} of ${count} refs were taken`)
}

/** Projects without a repository on disk are empty ones. */
function withEmpty({ projects, ...world }) {
  const all = projects.map(({ git, ...project }) => ({ ...project, ...(git ? { git } : { commits: [] }) }))
  return { ...world, projects: all }
}

function pick(items) {
  return items[Math.floor(Math.random() * items.length)]
}
