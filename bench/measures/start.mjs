import { join } from 'node:path'
import { startServer } from '../processes.mjs'
import { row } from '../row.mjs'
import { sideBySide } from '../side-by-side.mjs'

const hello = (root) => ({ args: (port) => [join(root, 'bench/rivals/hello.mjs'), String(port)], path: '/' })
const ours = (root, question) => ({
  args: (port) => [join(root, 'dist/cli.js'), '--port', String(port), '--log-level', 'silent'],
  ...question,
})

export default {
  id: 'P1',
  name: 'start',
  title: 'from spawn to the first 2xx',
  async measure({ root, quick }) {
    const list = {
      path: '/api/v4/projects/1/repository/tags?per_page=20&order_by=updated&sort=desc',
      headers: { 'private-token': 'mia-token' },
    }
    const result = await sideBySide(
      {
        health: () => readyAfter(ours(root, { path: '/__admin/health' })),
        list: () => readyAfter(ours(root, list)),
        hello: () => readyAfter(hello(root)),
      },
      { rounds: quick ? 5 : 21, warmup: 2 },
    )
    const unit = 'ms'
    return [
      row({
        what: 'health / Fastify hello',
        ours: result.health,
        theirs: result.hello,
        unit,
        goal: '≤ 1.0×',
      }),
      row({
        what: 'first tag list / Fastify hello',
        ours: result.list,
        theirs: result.hello,
        unit,
        goal: '≤ 1.3×',
      }),
    ]
  },
}

async function readyAfter(options) {
  const server = await startServer(options)
  await server.stop()
  return server.ready
}
