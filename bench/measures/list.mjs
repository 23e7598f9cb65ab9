import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lists, ourServer, rival } from '../contenders.mjs'
import { load } from '../load.mjs'
import { howToInstall, peerFolder } from '../peers.mjs'
import { startServer } from '../processes.mjs'
import { absentRow, row } from '../row.mjs'
import { withScratch } from '../scratch.mjs'
import { sideBySide } from '../side-by-side.mjs'
import { writeTagFixture } from '../tag-fixture.mjs'

const TAGS = 100_000
const goals = { rate: '≥ 0.65×', cpu: '≤ 1.6×', schema: '≥ 0.9×' }

/** Headers that Node writes itself, or that belong to a connection. */
const written = new Set(['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding'])

export default {
  id: 'P4',
  name: 'list',
  title: 'list of 20 of 100,000 annotated tags, each vendor in its default order',
  measure(context) {
    if (peerFolder(context.peers, 'autocannon') === null) {
      return [absentRow({ what: 'all', unit: '/s', note: `autocannon is absent: ${howToInstall}` })]
    }
    return withScratch((scratch) => measureVendors(context, scratch))
  },
}

async function measureVendors(context, scratch) {
  const fixture = join(scratch, 'world.json')
  writeTagFixture(fixture, TAGS)
  const rows = []
  for (const vendor of Object.keys(lists)) {
    context.log(`  ${vendor}`)
    rows.push(...(await measureVendor(context, scratch, fixture, vendor)))
  }
  return rows
}

async function measureVendor({ root, peers, quick }, scratch, fixture, vendor) {
  const { path, headers, query } = lists[vendor]
  const servers = {}
  try {
    servers.ours = await startServer({ ...ourServer(root, '--fixture', fixture), path, headers })
    const anew = ourServer(root, '--fixture', fixture, '--kept-answers', '0')
    servers.anew = await startServer({ ...anew, path, headers })
    const answer = await answerOf(servers.ours.url + path, headers)
    const route = path.split('?')[0]
    const plain = {
      path: route,
      headers: { 'content-type': answer.headers['content-type'] },
      body: answer.body,
    }
    servers.plain = await startServer({ ...writeRival(root, scratch, 'plain', plain), path })
    const schema = { path: route, headers: answer.headers, body: answer.body, query }
    servers.schema = await startServer({ ...writeRival(root, scratch, 'schema', schema), path })
    const ask = (server) => () => load(server, { peers, path, headers, amount: quick ? 10_000 : 15_000 })
    const {
      ours,
      plain: bare,
      schema: same,
      anew: long,
    } = await sideBySide(
      {
        ours: ask(servers.ours),
        plain: ask(servers.plain),
        schema: ask(servers.schema),
        anew: ask(servers.anew),
      },
      { rounds: quick ? 3 : 5, warmup: 1 },
    )
    const rate = { unit: '/s', ours: ours.rate }
    const cpu = { unit: 'µs', ours: ours.cpu }
    const likeOurs = 'Fastify, same headers and query schema'
    return [
      row({ ...rate, what: `${vendor}: requests / bare Fastify`, theirs: bare.rate, goal: goals.rate }),
      row({ ...cpu, what: `${vendor}: CPU / bare Fastify`, theirs: bare.cpu, goal: goals.cpu }),
      row({ ...rate, what: `${vendor}: requests / ${likeOurs}`, theirs: same.rate, goal: goals.schema }),
      row({ ...cpu, what: `${vendor}: CPU / ${likeOurs}`, theirs: same.cpu }),
      // Each answer made anew, as for clients that never ask twice for the same.
      row({
        unit: 'µs',
        ours: long.cpu,
        what: `${vendor}: CPU without kept answers / bare Fastify`,
        theirs: bare.cpu,
      }),
    ]
  } finally {
    await Promise.all(Object.values(servers).map((server) => server.stop()))
  }
}

async function answerOf(url, headers) {
  const response = await fetch(url, { headers })
  const body = await response.text()
  const own = [...response.headers].filter(([name]) => !written.has(name))
  return { body, headers: Object.fromEntries(own) }
}

function writeRival(root, scratch, name, facts) {
  const file = join(scratch, `${name}.json`)
  writeFileSync(file, JSON.stringify(facts))
  return rival(root, 'static', file)
}
