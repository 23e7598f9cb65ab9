/**
 * Starts servers one after the other in this process: `node further-servers.mjs ours|fastify|hello COUNT`. Prints JSON: the median
 * milliseconds until each server after the first listens and until it has answered, and its number of routes.
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import fastify from 'fastify'
import { lists } from '../contenders.mjs'
import { median } from '../statistics.mjs'

const [kind, count] = process.argv.slice(2)
const { startFakeForge } = await import(createRequire(join(process.cwd(), 'here.mjs')).resolve('fakeforge'))
const tagList = [lists.gitlab.path, { headers: { 'private-token': 'mia-token' } }]

const starters = {
  ours: async () => {
    const forge = await startFakeForge()
    return { url: forge.url, question: tagList, close: forge.close }
  },
  fastify: () => startFastify(routes),
  hello: () => startFastify([]),
}

const routes = await routesOfOurs()
const listening = []
const answered = []
for (let round = 0; round <= Number(count); round += 1) {
  const started = performance.now()
  const server = await starters[kind]()
  listening.push(performance.now() - started)
  const [path, init] = server.question
  const answer = await fetch(server.url + path, init)
  if (answer.status !== 200) throw new Error(`${kind} answered ${answer.status}`)
  await answer.text()
  answered.push(performance.now() - started)
  await server.close()
}
process.stdout.write(
  JSON.stringify({
    listening: median(listening.slice(1)),
    answered: median(answered.slice(1)),
    routes: routes.length,
  }),
)

async function startFastify(others) {
  const app = fastify({ forceCloseConnections: true })
  app.get('/hello', () => ({ hello: 'world' }))
  for (const route of others) app.route({ ...route, handler: () => ({}) })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  return { url, question: ['/hello'], close: () => app.close() }
}

/** Method and path of every route of ours: Fastify tells of each application, and an application of each route. */
async function routesOfOurs() {
  const found = new Map()
  const watch = ({ fastify: app }) => {
    app.addHook('onRoute', ({ method, url }) => {
      const methods = [method].flat().filter((name) => name !== 'HEAD' && name !== 'PROPFIND')
      for (const name of methods) found.set(`${name} ${url}`, { method: name, url })
    })
  }
  subscribe('fastify.initialization', watch)
  const forge = await startFakeForge()
  // An application is built for the first request that needs it.
  for (const { path } of [...Object.values(lists), { path: '/__admin/health' }]) await fetch(forge.url + path)
  await forge.close()
  unsubscribe('fastify.initialization', watch)
  return [...found.values()]
}
