import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { peerVersions } from './peers.mjs'

/** What figures depend on. Neither host names nor paths: a report may be published. */
export function surroundings(root, peers) {
  return {
    fakeforge: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
    fastify: JSON.parse(readFileSync(join(root, 'node_modules/fastify/package.json'), 'utf8')).version,
    node: process.versions.node,
    git: outputOf('git', ['--version'])?.replace(/^git version /, '') ?? null,
    java: javaVersion(),
    peers: peerVersions(peers),
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: availableParallelism(),
      memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
      /** Runnable processes in the last minute before the run: more than a few tenths means that others were at work. */
      loadBefore: loadavg()[0],
    },
  }
}

/** The version of `java` on the path, or null. */
export function javaVersion() {
  return /[\d.]+/.exec(outputOf('java', ['--version']) ?? '')?.[0] ?? null
}

function outputOf(command, args) {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return null
  }
}
