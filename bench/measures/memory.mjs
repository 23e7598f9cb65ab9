import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { promisify } from 'node:util'
import { Connection, encodeRequest } from '../connection.mjs'
import { scratchFolder, startWorld, worldOf } from '../git-world.mjs'
import { row } from '../row.mjs'
import { sideBySide } from '../side-by-side.mjs'
import { tagCalls } from '../tag-calls.mjs'
import { gitEnvironment, tagRepository } from '../tag-repository.mjs'

const TAGS = 100_000

export default {
  id: 'P8',
  name: 'memory',
  title: 'memory at 100,000 annotated tags, and the import of a packed repository with as many',
  async measure({ root, quick, log }) {
    const small = await tagRepository(20)
    const large = await tagRepository(TAGS)
    log('  memory')
    const bytes = await probe(root, 'tag-bytes.mjs', [root, small, TAGS])
    const rss = await residentSize(root, large)
    log('  import')
    const result = await sideBySide(
      {
        ours: async () => (await probe(root, 'import-time.mjs', [root, small, large])).time,
        theirs: () => timeGit(large),
      },
      { rounds: quick ? 3 : 7, warmup: 1 },
    )
    return [
      row({
        what: 'one annotated tag, with its object and ten orders',
        ours: bytes / 1000,
        unit: 'kB',
        goal: '≤ 1 kB',
      }),
      row({ what: 'RSS of a server that has listed them', ours: rss / 1e6, unit: 'MB', goal: '≤ 200 MB' }),
      row({
        what: 'import and first list / git pack-objects + for-each-ref',
        ours: result.ours,
        theirs: result.theirs,
        unit: 'ms',
        goal: '≤ 2.5×',
      }),
    ]
  },
}

async function residentSize(root, repository) {
  const server = await startWorld(root, scratchFolder(), worldOf({ large: repository }))
  const connection = new Connection(server.url)
  try {
    for (const { list } of Object.values(tagCalls)) {
      const { status } = await connection.send(encodeRequest(list({ id: 1, name: 'large' }, 1)))
      if (status !== 200) throw new Error(`the list is answered with ${status}`)
    }
    return server.rss()
  } finally {
    connection.close()
    await server.stop()
  }
}

/** Runs a probe in a process of its own, where nothing else is in memory. */
async function probe(root, file, args) {
  const command = [join(root, 'bench/probes', file), ...args.map(String)]
  const { stdout } = await promisify(execFile)(process.execPath, command, { env: { PATH: process.env.PATH } })
  return JSON.parse(stdout)
}

/** All objects put into a pack, and all tags sorted by their dates: reading what an import reads. */
async function timeGit(repository) {
  const started = performance.now()
  await runGit(repository, ['pack-objects', '--all', '--stdout', '-q'])
  await runGit(repository, ['for-each-ref', '--sort=-creatordate', '--count=20'])
  return performance.now() - started
}

async function runGit(cwd, args) {
  const [code] = await once(spawn('git', args, { cwd, env: gitEnvironment, stdio: 'ignore' }), 'exit')
  if (code !== 0) throw new Error(`git ${args[0]} ended with ${code}`)
}
