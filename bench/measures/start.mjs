import { lists, ourServer, rival } from '../contenders.mjs'
import { startServer } from '../processes.mjs'
import { row } from '../row.mjs'
import { sideBySide } from '../side-by-side.mjs'

export default {
  id: 'P1',
  name: 'start',
  title: 'the packaged CLI, from spawn to the first 2xx',
  async measure({ root, quick }) {
    const demoList = { path: lists.gitlab.path, headers: { 'private-token': 'mia-token' } }
    const { health, list, hello } = await sideBySide(
      {
        health: () => start({ ...ourServer(root), path: '/__admin/health' }),
        list: () => start({ ...ourServer(root), ...demoList }),
        hello: () => start({ ...rival(root, 'hello'), path: '/' }),
      },
      { rounds: quick ? 5 : 21, warmup: 2 },
    )
    const bare = 'bare Fastify hello'
    return [
      row({
        what: `bare route / ${bare}`,
        ours: health.ready,
        theirs: hello.ready,
        unit: 'ms',
        goal: '≤ 1.0×',
      }),
      row({
        what: `first validated tag list of the demo world / ${bare}`,
        ours: list.ready,
        theirs: hello.ready,
        unit: 'ms',
        goal: '≤ 1.3×',
      }),
      row({ what: 'CPU until the bare route', ours: health.cpu, theirs: hello.cpu, unit: 'ms' }),
      row({ what: 'CPU until the first tag list', ours: list.cpu, theirs: hello.cpu, unit: 'ms' }),
    ]
  },
}

async function start(options) {
  const server = await startServer(options)
  await server.stop()
  return { ready: server.ready, cpu: server.startCpu }
}
