/**
 * Runs the measures of bench/measures and prints how fakeforge does beside others. See bench/README.md.
 */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { surroundings } from './machine.mjs'
import { findMeasures, runMeasures } from './measuring.mjs'
import { howToInstall, installPeers, peersFolder } from './peers.mjs'
import { countVerdicts, formatReport } from './report.mjs'
import { chooseMeasures } from './selection.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const root = dirname(here)
const usage = `npm run bench -- [measures] [options]

measures        names or ids (list, P4); all when none is given
--list          names the measures and ends
--quick         fewer rounds: a look, not a figure to quote
--json FILE     writes the results to a file too
--check         exit code 1 when a goal is missed or a measure failed
--no-build      takes dist/ as it is
--install-peers installs other people's servers and the load generator below bench/peers
`

const { values: options, positionals: wanted } = readArguments()
process.once('SIGINT', () => process.exit(130))
process.once('SIGTERM', () => process.exit(143))
const code = await run()
// What a failed measure left running must not keep this process: its servers end with it.
process.stdout.write('', () => process.exit(code))

async function run() {
  if (options.help) return say(usage)
  if (options['install-peers'] && !installPeers()) return 1
  if (options['install-peers'] && wanted.length === 0) return 0
  const { chosen, unknown } = chooseMeasures(await findMeasures(join(here, 'measures')), wanted)
  if (unknown.length > 0)
    return say(`no measure is called ${unknown.join(', ')}; npm run bench -- --list`, 64)
  if (options.list)
    return say(chosen.map(({ id, name, title }) => `${id.padEnd(4)} ${name.padEnd(12)} ${title}`).join('\n'))
  if (!options['no-build'] && !build()) return 1
  return measureAll(chosen)
}

async function measureAll(chosen) {
  const peers = peersFolder()
  const facts = surroundings(root, peers)
  if (peers === null) log(`peers are left out; to install them: ${howToInstall}`)
  const results = await runMeasures(chosen, { root, quick: options.quick, log, peers })
  say(`\n${formatReport(results)}`)
  if (options.json)
    writeFileSync(options.json, `${JSON.stringify({ ...facts, quick: options.quick, results }, null, 2)}\n`)
  const { missed, failed } = countVerdicts(results)
  return options.check && missed + failed > 0 ? 1 : 0
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        help: { type: 'boolean' },
        list: { type: 'boolean' },
        quick: { type: 'boolean', default: false },
        json: { type: 'string' },
        check: { type: 'boolean' },
        'no-build': { type: 'boolean' },
        'install-peers': { type: 'boolean' },
      },
    })
  } catch (error) {
    process.exit(say(`${error.message}\n\n${usage}`, 64))
  }
}

function build() {
  const { status } = spawnSync(process.execPath, [join(root, 'scripts/build.mjs'), '--if-stale'], {
    cwd: root,
    stdio: 'inherit',
  })
  return status === 0
}

/** Progress goes to stderr, so that stdout holds the report alone. */
function log(text) {
  process.stderr.write(`${text}\n`)
}

function say(text, code = 0) {
  const stream = code === 0 ? process.stdout : process.stderr
  stream.write(`${text.trimEnd()}\n`)
  return code
}
