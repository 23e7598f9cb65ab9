import { performance } from 'node:perf_hooks'
import { importPeer } from './peers.mjs'

/**
 * Sends requests to a server over keep-alive connections and waits for all the answers.
 *
 * The load generator shares the machine with the server, so the rate says little where cores are few; the CPU time that
 * the server's process used for each request is the honest figure.
 *
 * @param {import('./processes.mjs').Server} server
 * @param {object} options
 * @param {string | null} options.peers the folder with autocannon
 * @param {string} options.path
 * @param {Record<string, string>} [options.headers]
 * @param {number} [options.amount] requests in all
 * @param {number} [options.connections]
 * @returns {Promise<{ rate: number, cpu: number }>} requests per second; microseconds of the server's CPU per request
 * @throws when an answer is not a 2xx
 */
export async function load(server, { peers, path, headers = {}, amount = 20_000, connections = 16 }) {
  const autocannon = await importPeer(peers, 'autocannon')
  if (autocannon === null) throw new Error('autocannon is absent')
  const cpuBefore = server.cpu()
  const started = performance.now()
  let last = started
  const answered = new Promise((resolve, reject) => {
    const run = autocannon({ url: server.url + path, headers, amount, connections }, (error, result) =>
      error ? reject(error) : resolve(result),
    )
    // Its own clock goes on until the next full second.
    run.on('response', () => {
      last = performance.now()
    })
  })
  const { '2xx': good, non2xx, errors, timeouts } = await answered
  if (good !== amount) {
    throw new Error(
      `${path}: ${good} of ${amount} answers are 2xx (${non2xx} others, ${errors + timeouts} failed)`,
    )
  }
  return { rate: (amount * 1000) / (last - started), cpu: ((server.cpu() - cpuBefore) * 1e6) / amount }
}
