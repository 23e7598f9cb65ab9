/** Loaded before a server, has its process answer on FAKEFORGE_BENCH_MEMORY_PORT how much memory it holds, in bytes. */
import { createServer } from 'node:http'
import { heldBytes } from './held-bytes.mjs'

const server = createServer((_request, response) => {
  const held = heldBytes()
  response.end(JSON.stringify({ held, rss: process.memoryUsage.rss() }))
})
server.listen(Number(process.env.FAKEFORGE_BENCH_MEMORY_PORT), '127.0.0.1')
server.unref()
