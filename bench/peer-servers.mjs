import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { javaVersion } from './machine.mjs'
import { howToInstall, peerFolder } from './peers.mjs'

/**
 * Other people's mock servers, each told to answer `GET /tags` with one list. Logs of requests are off wherever there is a
 * switch, as they are in ours; everything else is as it comes.
 */
export const peerServers = {
  prism: { title: 'Prism', prepare: prism },
  mockoon: { title: 'Mockoon', prepare: mockoon },
  'json-server': { title: 'json-server', prepare: jsonServer },
  wiremock: { title: 'WireMock', prepare: wiremock },
}

/**
 * How to start a peer that answers with `items`.
 * @param {{ peers: string | null, scratch: string, items: object[] }} setting
 * @returns {{ start: object } | { absent: string }} options of `startServer`, or why it cannot run
 */
export function preparePeer(name, setting) {
  return peerServers[name].prepare(setting)
}

function prism({ peers, scratch, items }) {
  const program = programOf(peers, '@stoplight/prism-cli', 'dist/index.js')
  if (program === null) return missing('Prism')
  const document = write(scratch, 'openapi.json', {
    openapi: '3.0.3',
    info: { title: 'tags', version: '1' },
    paths: {
      '/tags': {
        get: {
          responses: {
            200: { description: 'tags', content: { 'application/json': { schema: {}, example: items } } },
          },
        },
      },
    },
  })
  return node((port) => [program, 'mock', document, '-p', String(port), '-v', 'silent'], scratch)
}

function mockoon({ peers, scratch, items }) {
  const program = programOf(peers, '@mockoon/cli', 'bin/run.js')
  if (program === null) return missing('Mockoon')
  const file = write(scratch, 'mockoon.json', mockoonEnvironment(items))
  const quiet = ['--disable-log-to-file', '--disable-admin-api', '--repair']
  return node(
    (port) => [program, 'start', '--data', file, '-p', String(port), '-l', '127.0.0.1', ...quiet],
    scratch,
  )
}

function jsonServer({ peers, scratch, items }) {
  const program = programOf(peers, 'json-server', 'lib/cli/bin.js')
  if (program === null) return missing('json-server')
  const file = write(scratch, 'db.json', { tags: items })
  return node((port) => [program, file, '-p', String(port), '-H', '127.0.0.1', '--quiet'], scratch)
}

function wiremock({ peers, scratch, items }) {
  if (javaVersion() === null) return { absent: 'there is no Java' }
  const folder = peerFolder(peers, 'wiremock')
  if (folder === null) return missing('WireMock')
  const jar = readdirSync(join(folder, 'build')).find((name) => name.endsWith('.jar'))
  if (jar === undefined) return { absent: "WireMock's package brings no jar" }
  const home = join(scratch, 'wiremock')
  mkdirSync(join(home, 'mappings'), { recursive: true })
  write(join(home, 'mappings'), 'tags.json', {
    request: { method: 'GET', urlPath: '/tags' },
    response: { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(items) },
  })
  const quiet = ['--no-request-journal', '--disable-request-logging', '--disable-banner']
  const args = (port) => [
    '-jar',
    join(folder, 'build', jar),
    '--port',
    String(port),
    '--root-dir',
    home,
    ...quiet,
  ]
  return { start: { command: 'java', args, path: '/tags', cwd: scratch } }
}

/** What Mockoon's own editor saves for one route, without what has a default. */
function mockoonEnvironment(items) {
  const uuid = (last) => `00000000-0000-4000-8000-00000000000${last}`
  const response = {
    uuid: uuid(3),
    body: JSON.stringify(items),
    statusCode: 200,
    headers: [{ key: 'Content-Type', value: 'application/json' }],
    bodyType: 'INLINE',
    disableTemplating: true,
    default: true,
  }
  return {
    uuid: uuid(1),
    lastMigration: 33,
    name: 'tags',
    port: 3000,
    routes: [{ uuid: uuid(2), type: 'http', method: 'get', endpoint: 'tags', responses: [response] }],
    rootChildren: [{ type: 'route', uuid: uuid(2) }],
  }
}

function node(args, cwd) {
  return { start: { args, path: '/tags', cwd } }
}

function missing(title) {
  return { absent: `${title} is absent: ${howToInstall}` }
}

function programOf(peers, name, program) {
  const folder = peerFolder(peers, name)
  return folder !== null && existsSync(join(folder, program)) ? join(folder, program) : null
}

function write(folder, name, value) {
  const file = join(folder, name)
  writeFileSync(file, JSON.stringify(value))
  return file
}
