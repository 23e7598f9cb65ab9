/**
 * Loaded before a server, has its process answer on FAKEFORGE_BENCH_WORK_PORT: the CPU time that it has used, in microseconds,
 * and the longest time for which its event loop has been held up since it was last asked, in milliseconds.
 */
import { createServer } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'

const RESOLUTION = 1
const delay = monitorEventLoopDelay({ resolution: RESOLUTION })
delay.enable()

const server = createServer((_request, response) => {
  const { user, system } = process.cpuUsage()
  const stall = Math.max(0, delay.max / 1e6 - RESOLUTION)
  response.end(JSON.stringify({ cpu: user + system, stall, rss: process.memoryUsage.rss() }))
  delay.reset()
})
server.listen(Number(process.env.FAKEFORGE_BENCH_WORK_PORT), '127.0.0.1')
server.unref()
