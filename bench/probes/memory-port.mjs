/** Loaded before a server, has its process answer on FAKEFORGE_BENCH_MEMORY_PORT how much memory it holds, in bytes. */
import { createServer } from 'node:http'
import { settledBytes } from './held-bytes.mjs'

const server = createServer(async (_request, response) => {
  const held = await settledBytes()
  response.end(JSON.stringify({ held, rss: process.memoryUsage.rss() }))
})
server.listen(Number(process.env.FAKEFORGE_BENCH_MEMORY_PORT), '127.0.0.1')
server.unref()
