import { Connection, encodeRequest } from '../connection.mjs'
import { scratchFolder, worldOf } from '../git-world.mjs'
import { row } from '../row.mjs'
import { sideBySide } from '../side-by-side.mjs'
import { tagCalls } from '../tag-calls.mjs'
import { tagName, tagRepository } from '../tag-repository.mjs'
import { startWatchedWorld } from '../watched-world.mjs'

const TAGS = 100_000
const projects = {
  large: { id: 1, name: 'large', tags: TAGS },
  small: { id: 2, name: 'small', tags: 100 },
  tiny: { id: 3, name: 'tiny', tags: 20 },
}
const PAGE = 5000
/** So many are made and deleted at once, so that a project remains about as large as it is. */
const WRITES = 100

export default {
  id: 'P5',
  name: 'scale',
  title: 'CPU time of a request at 100,000 tags against few',
  async measure({ root, quick, log }) {
    const repositories = Object.values(projects).map(async ({ name, tags }) => [
      name,
      await tagRepository(tags),
    ])
    const fixture = worldOf(Object.fromEntries(await Promise.all(repositories)))
    const server = await startWatchedWorld(root, scratchFolder(), fixture)
    const connection = new Connection(server.url)
    try {
      const rows = []
      for (const [vendor, calls] of Object.entries(tagCalls)) {
        log(`  ${vendor}`)
        const asking = { connection, server, calls, amount: quick ? 300 : 1000 }
        const rounds = { rounds: quick ? 5 : 11, warmup: 2 }
        rows.push(...(await readings(vendor, asking, rounds)), ...(await writings(vendor, asking, rounds)))
      }
      return rows
    } finally {
      connection.close()
      await server.stop()
    }
  },
}

async function readings(vendor, { calls, amount, ...asking }, rounds) {
  const { large, small, tiny } = projects
  const repeat = (request) => () => cpuOf(asking, Array(amount).fill(encodeRequest(request)))
  const result = await sideBySide(
    {
      first: repeat(calls.list(large, 1)),
      tiny: repeat(calls.list(tiny, 1)),
      later: repeat(calls.list(large, PAGE)),
      getLarge: () => cpuOf(asking, gets(calls, large, amount)),
      getSmall: () => cpuOf(asking, gets(calls, small, amount)),
    },
    rounds,
  )
  const rate = { unit: 'µs', goal: '≥ 0.9×', of: 'theirs/ours' }
  return [
    row({ ...rate, what: `${vendor}: list of 100,000 / of 20`, ours: result.first, theirs: result.tiny }),
    row({ ...rate, what: `${vendor}: page 5,000 / page 1`, ours: result.later, theirs: result.first }),
    row({
      what: `${vendor}: get, 100,000 / 100`,
      ours: result.getLarge,
      theirs: result.getSmall,
      unit: 'µs',
      goal: '≤ 2×',
    }),
  ]
}

async function writings(vendor, { calls, ...asking }, rounds) {
  let names = 0
  const write = (project) => async () => {
    names += 1
    const some = Array.from({ length: WRITES }, (_, at) => `made-${vendor}-${names}-${at}`)
    const create = await cpuOf(
      asking,
      some.map((name) => encodeRequest(calls.create(project, name))),
    )
    const remove = await cpuOf(
      asking,
      some.map((name) => encodeRequest(calls.remove(project, name))),
    )
    return { create, remove }
  }
  const { large, small } = await sideBySide(
    { large: write(projects.large), small: write(projects.small) },
    { ...rounds, rounds: 2 * rounds.rounds },
  )
  const cells = { unit: 'µs', goal: '≤ 2×' }
  const created = { what: `${vendor}: create, 100,000 / 100`, ours: large.create, theirs: small.create }
  const removed = { what: `${vendor}: delete, 100,000 / 100`, ours: large.remove, theirs: small.remove }
  // GitFlic has no call for it.
  return vendor === 'gitflic'
    ? [row({ ...created, ...cells })]
    : [created, removed].map((one) => row({ ...one, ...cells }))
}

/** All over the names, so that no answer is one that was just given. */
function gets(calls, project, amount) {
  return Array.from({ length: amount }, (_, at) =>
    encodeRequest(calls.get(project, tagName((at * 7919) % project.tags))),
  )
}

/** What the server's process used for each of these requests, in microseconds. */
async function cpuOf({ connection, server }, requests) {
  const before = await server.work()
  for (const request of requests) {
    const { status, body } = await connection.send(request)
    if (status >= 300) throw new Error(`${request}: ${status} ${body}`)
  }
  const after = await server.work()
  return (after.cpu - before.cpu) / requests.length
}
