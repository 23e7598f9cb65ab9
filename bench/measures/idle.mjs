import { setTimeout as sleep } from 'node:timers/promises'
import { lists, ourServer, rival } from '../contenders.mjs'
import { peerServers, preparePeer } from '../peer-servers.mjs'
import { startServer } from '../processes.mjs'
import { absentRow, row } from '../row.mjs'
import { withScratch } from '../scratch.mjs'
import { sideBySide } from '../side-by-side.mjs'

const goals = { prism: '≥ 5×', mockoon: '≥ 3×', wiremock: '≥ 5×' }

/** What a peer is told to answer while nothing but its start and its memory are measured. */
const items = [{ name: 'v1.0.0', message: 'First release', protected: false }]

export default {
  id: 'P2',
  name: 'idle',
  title: 'from spawn to the first 2xx, and memory at rest, beside mock servers',
  measure: (context) => withScratch((scratch) => measureStarts(context, scratch)),
}

async function measureStarts({ root, peers, quick }, scratch) {
  const absent = {}
  const contenders = {
    ours: () => startAndRest({ ...ourServer(root), path: '/__admin/health' }, quick),
    list: () => startAndRest({ ...ourServer(root), path: lists.gitlab.path, headers: mia }, quick),
    fastify: () => startAndRest({ ...rival(root, 'hello'), path: '/' }, quick),
  }
  for (const name of Object.keys(goals)) {
    const peer = preparePeer(name, { peers, scratch, items })
    if (peer.absent) absent[name] = peer.absent
    else contenders[name] = () => startAndRest(peer.start, quick)
  }
  const result = await sideBySide(contenders, { rounds: quick ? 3 : 5, warmup: 1 })
  return [
    ...Object.keys(goals).flatMap((name) => rowsOf(name, result, absent[name])),
    memoryRow('memory at rest / bare Fastify hello', result.ours, result.fastify, '≤ 1.1×'),
    memoryRow('memory after one tag list / bare Fastify hello', result.list, result.fastify),
  ]
}

const mia = { 'private-token': 'mia-token' }

function rowsOf(name, { ours, [name]: theirs }, absence) {
  const { title } = peerServers[name]
  if (absence) return [absentRow({ what: title, unit: 'ms', goal: goals[name], note: absence })]
  return [
    row({
      what: `first 2xx / ${title}`,
      ours: ours.ready,
      theirs: theirs.ready,
      unit: 'ms',
      of: 'theirs/ours',
      goal: goals[name],
    }),
    memoryRow(`memory at rest / ${title}`, ours, theirs),
  ]
}

function memoryRow(what, ours, theirs, goal = null) {
  return row({ what, ours: ours.memory, theirs: theirs.memory, unit: 'MB', goal })
}

async function startAndRest(options, quick) {
  const server = await startServer(options)
  await sleep(quick ? 300 : 1_000)
  const memory = server.rss() / 1e6
  await server.stop()
  return { ready: server.ready, memory }
}
