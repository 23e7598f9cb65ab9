import { join } from 'node:path'
import { lists, ourServer } from '../contenders.mjs'
import { load } from '../load.mjs'
import { peerServers, preparePeer } from '../peer-servers.mjs'
import { howToInstall, peerFolder } from '../peers.mjs'
import { startServer } from '../processes.mjs'
import { absentRow, row } from '../row.mjs'
import { withScratch } from '../scratch.mjs'
import { sideBySide } from '../side-by-side.mjs'
import { writeTagFixture } from '../tag-fixture.mjs'

const TAGS = 100_000
const goals = { prism: '≥ 6×', mockoon: '≥ 10×', 'json-server': '≥ 10×', wiremock: '≥ 2×' }

/** A slow server gets fewer requests, so that a round takes about as long for each. */
const shares = { ours: 1, prism: 0.15, mockoon: 0.1, 'json-server': 0.1, wiremock: 0.5 }

export default {
  id: 'P6',
  name: 'peers',
  title: 'our list of 20 of 100,000 tags beside mock servers that send the same list from memory',
  measure(context) {
    if (peerFolder(context.peers, 'autocannon') === null) {
      return [absentRow({ what: 'all', unit: '/s', note: `autocannon is absent: ${howToInstall}` })]
    }
    return withScratch((scratch) => measurePeers(context, scratch))
  },
}

async function measurePeers({ root, peers, quick, log }, scratch) {
  const fixture = join(scratch, 'world.json')
  writeTagFixture(fixture, TAGS)
  const servers = {}
  const absent = {}
  const { path, headers } = lists.gitlab
  try {
    servers.ours = await startServer({ ...ourServer(root, '--fixture', fixture), path, headers })
    const items = await (await fetch(servers.ours.url + path, { headers })).json()
    for (const name of Object.keys(peerServers)) {
      const peer = preparePeer(name, { peers, scratch, items })
      if (peer.absent) absent[name] = peer.absent
      else servers[name] = await startServer(peer.start)
      log(`  ${name}: ${peer.absent ?? 'ready'}`)
    }
    const amount = quick ? 5_000 : 15_000
    const contenders = Object.entries(servers).map(([name, server]) => [
      name,
      () => {
        const question = name === 'ours' ? { path, headers } : { path: '/tags' }
        return load(server, { peers, ...question, amount: Math.round(amount * shares[name]) })
      },
    ])
    const result = await sideBySide(Object.fromEntries(contenders), { rounds: quick ? 3 : 5, warmup: 1 })
    return Object.keys(peerServers).flatMap((name) => rowsOf(name, result, absent[name]))
  } finally {
    await Promise.all(Object.values(servers).map((server) => server.stop()))
  }
}

function rowsOf(name, result, absence) {
  const { title } = peerServers[name]
  if (absence) return [absentRow({ what: title, unit: '/s', goal: goals[name], note: absence })]
  const { ours, [name]: theirs } = result
  return [
    row({ what: `requests / ${title}`, ours: ours.rate, theirs: theirs.rate, unit: '/s', goal: goals[name] }),
    row({ what: `CPU / ${title}`, ours: ours.cpu, theirs: theirs.cpu, unit: 'µs' }),
  ]
}
