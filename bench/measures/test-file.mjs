import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { lists } from '../contenders.mjs'
import { cpuOfEnded } from '../processes.mjs'
import { row } from '../row.mjs'
import { sideBySide } from '../side-by-side.mjs'

const FILES = 16

const question = { path: lists.gitlab.path, headers: { 'private-token': 'mia-token' } }

const tests = {
  empty: "test('nothing', () => {})",
  ours: `
import { startFakeForge } from 'fakeforge'

test('lists tags', async () => {
  const forge = await startFakeForge()
  const answer = await fetch(forge.url + '${question.path}', { headers: ${JSON.stringify(question.headers)} })
  if (answer.status !== 200) throw new Error('answered ' + answer.status)
  await answer.text()
  await forge.close()
})`,
  fastify: `
import fastify from 'fastify'

test('says hello', async () => {
  const app = fastify({ forceCloseConnections: true })
  app.get('/', () => ({ hello: 'world' }))
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const answer = await fetch(url)
  if (answer.status !== 200) throw new Error('answered ' + answer.status)
  await answer.text()
  await app.close()
})`,
}

export default {
  id: 'P3',
  name: 'test-file',
  title: 'what a vitest file pays for a server of its own, and a process for each further server',
  async measure({ root, quick, log }) {
    const folder = join(root, '.bench/test-files')
    try {
      writeSuites(root, folder)
      log('  vitest files')
      const perFile = await measureFiles(root, folder, quick)
      log('  further servers')
      return [...perFile, ...(await measureFurther(root, folder, quick))]
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

async function measureFiles(root, folder, quick) {
  const run = (kind) => () => runVitest(root, join(folder, kind))
  const { empty, ours, fastify } = await sideBySide(
    { empty: run('empty'), ours: run('ours'), fastify: run('fastify') },
    { rounds: quick ? 3 : 5, warmup: 1 },
  )
  /** What one file costs above one that does nothing. */
  const above = (suite, figure) => (suite[figure].median - empty[figure].median) / FILES
  const rowOf = (what, figure, goal = null) =>
    row({ what, ours: above(ours, figure), theirs: above(fastify, figure), unit: 'ms', goal })
  return [
    rowOf(
      'a file with a server and a tag list, above an empty file / bare Fastify and hello',
      'time',
      '≤ 1.0×',
    ),
    rowOf('CPU of the same', 'cpu'),
  ]
}

async function measureFurther(root, folder, quick) {
  const script = join(root, 'bench/rivals/further-servers.mjs')
  const count = quick ? 10 : 20
  const run = (kind) => async () =>
    JSON.parse(await outputOf([script, kind, String(count)], join(folder, 'ours')))
  const { ours, routes, hello } = await sideBySide(
    { ours: run('ours'), routes: run('fastify'), hello: run('hello') },
    { rounds: quick ? 3 : 5, warmup: 0 },
  )
  const rowOf = (what, figure, theirs, goal = null) =>
    row({ what, ours: ours[figure], theirs: theirs[figure], unit: 'ms', goal })
  const same = `schema-less Fastify, the same ${ours.routes.median} routes`
  return [
    rowOf(`further server, listening / ${same}`, 'listening', routes),
    rowOf(`further server, with a tag list / ${same}`, 'answered', routes, '≤ 2×'),
    rowOf('further server, with a tag list / Fastify with one route', 'answered', hello),
  ]
}

/** A folder of test files for each kind; the package is there as if installed, since what is not is compiled by vitest. */
function writeSuites(root, folder) {
  rmSync(folder, { recursive: true, force: true })
  const installed = join(folder, 'node_modules/fakeforge')
  mkdirSync(installed, { recursive: true })
  // Otherwise the name of the package is taken for the project itself, which is compiled, too.
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
  cpSync(join(root, 'package.json'), join(installed, 'package.json'))
  cpSync(join(root, 'dist'), join(installed, 'dist'), { recursive: true })
  for (const [kind, test] of Object.entries(tests)) {
    mkdirSync(join(folder, kind))
    writeFileSync(
      join(folder, kind, 'vitest.config.mjs'),
      "export default { test: { pool: 'forks', maxWorkers: 2 } }\n",
    )
    for (let index = 0; index < FILES; index += 1) {
      writeFileSync(join(folder, kind, `file-${index}.test.mjs`), `import { test } from 'vitest'\n${test}\n`)
    }
  }
}

/** Time and CPU time of one run of vitest, in milliseconds. */
async function runVitest(root, folder) {
  const cpuBefore = cpuOfEnded()
  const started = performance.now()
  await outputOf([join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=dot'], folder)
  return { time: performance.now() - started, cpu: (cpuOfEnded() - cpuBefore) * 1000 }
}

async function outputOf(args, cwd) {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, CI: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let complaint = ''
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    complaint += chunk
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${args[0]} ended with ${code}: ${(complaint || out).slice(-1000)}`)
  return out
}
