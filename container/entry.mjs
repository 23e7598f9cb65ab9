/**
 * What the image runs. Folders that are mounted are found by themselves, since services of CI systems can be given neither
 * flags nor commands: /fixtures holds the world (and fakeforge.config.yaml, if any), /data keeps it across restarts.
 * Variables that are set win. FAKEFORGE_MOUNTS is where the two folders are looked for, for tests.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const mounts = process.env.FAKEFORGE_MOUNTS ?? '/'
const fixtures = join(mounts, 'fixtures')
const data = join(mounts, 'data')

if (existsSync(fixtures)) {
  process.env.FAKEFORGE_FIXTURE ||= findFixture(fixtures)
  process.chdir(fixtures)
}
if (isMounted(data)) process.env.FAKEFORGE_DATA ||= data

await import('../dist/cli.js')

/** The image has the folder too, so that a volume gets an owner who may write; unmounted it is not for keeping anything. */
function isMounted(folder) {
  if (mounts !== '/') return existsSync(folder)
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .some((line) => line.split(' ')[4] === folder)
}

/** The only fixture of a folder, or the one of several that is called `fakeforge`; none where a config file may name it. */
function findFixture(folder) {
  const names = readdirSync(folder).filter((name) => /\.(?:ya?ml|json)$/.test(name))
  const worlds = names.filter((name) => !name.startsWith('fakeforge.config.'))
  const chosen = worlds.filter((name) => /^fakeforge\.\w+$/.test(name))
  const found = chosen.length > 0 ? chosen : worlds
  if (found.length === 1) return join(folder, found[0])
  if (found.length === 0 || names.length > worlds.length) return ''
  process.stderr.write(
    `fakeforge: ${folder} holds several fixtures (${found.sort().join(', ')}); set FAKEFORGE_FIXTURE to one of them, or call it fakeforge.yaml\n`,
  )
  return process.exit(64)
}
