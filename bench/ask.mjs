import { Agent, request } from 'node:http'

const agent = new Agent({ keepAlive: true, maxSockets: 16 })

/**
 * One request over a kept connection.
 *
 * @param {string} url
 * @param {{ method?: string, headers?: Record<string, string>, body?: object }} [options] body: sent as JSON
 * @returns {Promise<any>} the answer, as JSON; null when there is none
 * @throws when the answer is not a 2xx
 */
export function ask(url, { method = 'GET', headers = {}, body } = {}) {
  const text = body && JSON.stringify(body)
  const type = text && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }
  return new Promise((resolve, reject) => {
    const question = request(url, { method, agent, headers: { ...headers, ...type } }, (response) => {
      const chunks = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.once('error', reject)
      response.once('end', () => {
        const answer = Buffer.concat(chunks).toString()
        const isGood = response.statusCode >= 200 && response.statusCode < 300
        if (isGood) resolve(answer === '' ? null : JSON.parse(answer))
        else reject(new Error(`${method} ${url}: ${response.statusCode} ${answer.slice(0, 200)}`))
      })
    })
    question.once('error', reject)
    question.end(text)
  })
}

/** Runs a task for each item, so many at a time. */
export async function inParallel(items, width, task) {
  const queue = [...items]
  const work = async () => {
    while (queue.length > 0) await task(queue.shift())
  }
  await Promise.all(Array.from({ length: width }, work))
}
