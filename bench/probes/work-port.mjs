/**
 * Loaded before a server, has its process answer on FAKEFORGE_BENCH_WORK_PORT: the CPU time that it has used, in microseconds,
 * and the longest time for which its event loop has been held up since it was last asked, in milliseconds: as a clock sees it,
 * and how much of that the process really was at work, as other processes may have had the processor meanwhile.
 */
import { createServer } from 'node:http'
import { performance } from 'node:perf_hooks'

const INTERVAL = 2

let seen = performance.now()
let worked = process.cpuUsage()
let longest = { wall: 0, stall: 0 }

setInterval(() => {
  const now = performance.now()
  const { user, system } = process.cpuUsage(worked)
  const wall = now - seen
  longest = {
    wall: Math.max(longest.wall, wall),
    stall: Math.max(longest.stall, Math.min(wall, (user + system) / 1000)),
  }
  seen = now
  worked = process.cpuUsage()
}, INTERVAL).unref()

const server = createServer((_request, response) => {
  const { user, system } = process.cpuUsage()
  response.end(JSON.stringify({ cpu: user + system, ...longest, rss: process.memoryUsage.rss() }))
  longest = { wall: 0, stall: 0 }
})
server.listen(Number(process.env.FAKEFORGE_BENCH_WORK_PORT), '127.0.0.1')
server.unref()
