import { execFile } from 'node:child_process'
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
const REQUESTS = 200
const run = promisify(execFile)

export default {
  id: 'P7',
  name: 'newest',
  title: 'the 20 newest of 100,000 annotated tags, against git for-each-ref on the packed repository',
  async measure({ root, quick }) {
    const repository = await tagRepository(TAGS)
    const fixture = worldOf({ large: repository })
    const server = await startWorld(root, scratchFolder(), fixture)
    const connection = new Connection(server.url)
    const request = encodeRequest(tagCalls.gitlab.list({ id: 1 }, 1))
    try {
      const result = await sideBySide(
        {
          inside: async () => {
            const { stdout } = await run(process.execPath, [
              join(root, 'bench/probes/newest-tags.mjs'),
              root,
              repository,
            ])
            return Number(stdout) / 1000
          },
          request: () => timeRequests(connection, request),
          git: () => timeGit(repository),
        },
        { rounds: quick ? 3 : 7, warmup: 1 },
      )
      const cells = { theirs: result.git, unit: 'ms', of: 'theirs/ours' }
      return [
        row({
          ...cells,
          what: 'within the process / git for-each-ref',
          ours: result.inside,
          goal: '≥ 1,000×',
        }),
        row({ ...cells, what: 'a whole request over HTTP / git for-each-ref', ours: result.request }),
      ]
    } finally {
      connection.close()
      await server.stop()
    }
  },
}

async function timeRequests(connection, request) {
  const started = performance.now()
  for (let i = 0; i < REQUESTS; i += 1) {
    const { status } = await connection.send(request)
    if (status !== 200) throw new Error(`the list is answered with ${status}`)
  }
  return (performance.now() - started) / REQUESTS
}

async function timeGit(repository) {
  const started = performance.now()
  await run('git', ['for-each-ref', '--sort=-creatordate', '--count=20', 'refs/tags'], {
    cwd: repository,
    env: gitEnvironment,
  })
  return performance.now() - started
}
