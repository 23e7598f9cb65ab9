import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'

/** Linux counts CPU time in hundredths of a second on every architecture that Node runs on. */
const ticksPerSecond = 100
const pollInterval = 1
const running = new Set()

// A measure that fails, or Ctrl-C, must not leave servers behind.
process.on('exit', () => {
  for (const child of running) signal(child, 'SIGKILL')
})

/** A port that nobody listens on at this moment. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

/**
 * Spawns a server and waits for its first 2xx.
 *
 * @param {object} options
 * @param {string} [options.command] this Node by default
 * @param {(port: number) => string[]} options.args
 * @param {string} options.path what is asked for until a 2xx comes
 * @param {Record<string, string>} [options.headers] sent with it
 * @param {Record<string, string>} [options.env] beside PATH and HOME; nothing else is inherited, NODE_ENV least of all
 * @param {string} [options.cwd]
 * @param {number} [options.patience] milliseconds
 * @returns {Promise<Server>} `ready` is the time from spawn to the first 2xx and `startCpu` the CPU time until then, in
 *   milliseconds
 * @typedef {{ pid: number, port: number, url: string, ready: number, startCpu: number, cpu(): number, rss(): number,
 *   stop(): Promise<void> }} Server
 */
export async function startServer({
  command = process.execPath,
  args,
  path,
  headers = {},
  env = {},
  cwd,
  patience = 60_000,
}) {
  const port = await freePort()
  const started = performance.now()
  const child = spawn(command, args(port), {
    cwd,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
    // A group of its own, so that whatever it spawns ends with it.
    detached: true,
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  let complaint = ''
  child.stderr.on('data', (chunk) => {
    complaint = (complaint + chunk).slice(-2000)
  })
  while (!(await answers(port, path, headers))) {
    if (child.exitCode !== null) throw new Error(`${command} ended with ${child.exitCode}: ${complaint}`)
    if (performance.now() - started > patience) {
      await stop(child)
      throw new Error(`no 2xx of ${path} within ${patience} ms: ${complaint}`)
    }
    await sleep(pollInterval)
  }
  const ready = performance.now() - started
  return {
    pid: child.pid,
    port,
    url: `http://127.0.0.1:${port}`,
    ready,
    startCpu: sumOfTree(child.pid, scheduledTime),
    cpu: () => cpuOf(child.pid),
    rss: () => rssOf(child.pid),
    stop: () => stop(child),
  }
}

/** CPU time that a process and its descendants have used, in seconds. */
export function cpuOf(pid) {
  return sumOfTree(pid, (id) => {
    const fields = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1].split(' ')
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
  })
}

/**
 * Milliseconds that the threads of one process have run: finer than `cpuOf`, but without threads that have ended, so
 * for short times only.
 */
function scheduledTime(pid) {
  return readdirSync(`/proc/${pid}/task`)
    .map(
      (thread) => Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e6,
    )
    .reduce((sum, time) => sum + time, 0)
}

/** CPU time of this process's children that have ended, and of theirs, in seconds. */
export function cpuOfEnded() {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ')
  return (Number(fields[13]) + Number(fields[14])) / ticksPerSecond
}

/** Memory that a process and its descendants hold, in bytes. */
export function rssOf(pid) {
  return sumOfTree(pid, (id) => memoryField(id, 'VmRSS'))
}

/** The most that one process ever held, in bytes. */
export function peakRssOf(pid) {
  return memoryField(pid, 'VmHWM')
}

function memoryField(pid, field) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)[1]) * 1024
}

function sumOfTree(pid, amountOf) {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)
  return children.reduce((sum, child) => sum + sumOfTree(Number(child), amountOf), amountOf(pid))
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  signal(child, 'SIGTERM')
  const late = setTimeout(() => signal(child, 'SIGKILL'), 3_000)
  await exited
  clearTimeout(late)
  running.delete(child)
}

function signal(child, name) {
  try {
    process.kill(-child.pid, name)
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}

function answers(port, path, headers) {
  return new Promise((resolve) => {
    const question = request({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => {
      response.resume()
      response.once('end', () => resolve(response.statusCode >= 200 && response.statusCode < 300))
      response.once('error', () => resolve(false))
    })
    question.once('error', () => resolve(false))
    question.end()
  })
}
