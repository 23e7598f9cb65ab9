import { performance } from 'node:perf_hooks'
import { Connection, encodeRequest } from './connection.mjs'

/**
 * Keeps a server busy over several connections until a promise settles.
 *
 * @param {string} url
 * @param {(connection: number) => () => { path: string }} visitor makes what chooses the next request of a connection
 * @param {{ connections: number, until: Promise<unknown> }} options
 * @returns {Promise<number[]>} how long each request took, in milliseconds
 * @throws when an answer is not a 2xx
 */
export async function mixedLoad(url, visitor, { connections, until }) {
  let isOver = false
  const end = until.finally(() => {
    isOver = true
  })
  const times = []
  const visit = async (_, number) => {
    const connection = new Connection(url)
    const next = visitor(number)
    try {
      while (!isOver) {
        const request = next()
        const encoded = encodeRequest(request)
        const started = performance.now()
        const { status, body } = await connection.send(encoded)
        times.push(performance.now() - started)
        if (status >= 300) throw new Error(`${request.method ?? 'GET'} ${request.path}: ${status} ${body}`)
      }
    } finally {
      isOver = true
      connection.close()
    }
  }
  await Promise.all([end, ...Array.from({ length: connections }, visit)])
  return times
}
