import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Other people's servers and the load generator, kept out of the product's dependencies. */
const folder = join(dirname(fileURLToPath(import.meta.url)), 'peers')

export const howToInstall = 'npm run bench -- --install-peers'

/** The folder of the peers, or null when they are not installed. */
export function peersFolder() {
  return existsSync(join(folder, 'node_modules')) ? folder : null
}

/** Installs what bench/peers/package-lock.json says. */
export function installPeers() {
  const { status } = spawnSync('npm', ['ci', '--no-fund', '--no-audit'], { cwd: folder, stdio: 'inherit' })
  return status === 0
}

/** The folder of an installed peer, or null. */
export function peerFolder(peers, name) {
  const installed = peers === null ? null : join(peers, 'node_modules', name)
  return installed !== null && existsSync(installed) ? installed : null
}

/** Imports an installed peer; null when it is not there. */
export async function importPeer(peers, name) {
  if (peerFolder(peers, name) === null) return null
  const { default: peer } = await import(createRequire(join(peers, 'package.json')).resolve(name))
  return peer
}

/** The version of each installed peer. */
export function peerVersions(peers) {
  if (peers === null) return {}
  const { dependencies } = JSON.parse(readFileSync(join(peers, 'package.json'), 'utf8'))
  const installed = Object.keys(dependencies).filter((name) => peerFolder(peers, name) !== null)
  return Object.fromEntries(installed.map((name) => [name, versionIn(peerFolder(peers, name))]))
}

function versionIn(packageFolder) {
  return JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')).version
}
