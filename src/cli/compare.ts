import { readFile, writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { applyBaseline, loadBaseline, proposeBaseline } from '../compare/baseline.ts'
import { hideSecrets, redactReport } from '../compare/redact.ts'
import { toReport } from '../compare/report.ts'
import { compareStories, compareTraffic, type Outcome } from '../compare/run.ts'
import { settings } from '../config/settings.ts'
import { CommandError } from './command-error.ts'
import { type CompareFlags, formats, readWishes } from './compare-flags.ts'
import { exitCodeOfSignal, exitCodes } from './exit-codes.ts'
import type { Definition } from './outlines.ts'
import { optionOf } from './setting-option.ts'

/** How long differences may stay that `--write-baseline` writes down: milliseconds. */
const GRACE = 90 * 24 * 3_600_000

/** Settings of `serve` that make a difference to answers. */
const WORLDLY = ['fixture', 'profiles', 'quirks', 'clock', 'config']

export const defineCompare: Definition = (command, { out, err }) => {
  addFlags(command)
    .addHelpText('after', `\n${examples}`)
    .action(async (flags: CompareFlags) => {
      const say = (sentence: string) => err(`${sentence}\n`)
      const wishes = await readWishes(flags, say)
      const today = new Date().toISOString().slice(0, 10)
      const baseline = flags.baseline === undefined ? { accepted: [] } : await loadBaseline(flags.baseline)
      const { reports, secrets } =
        'traffic' in wishes
          ? await compareTraffic(wishes.traffic, wishes)
          : await interruptible((stop) => compareStories(wishes, stop), say)
      const clean = reports.map((report) => redactReport(report, secrets))
      if (flags.writeBaseline !== undefined) {
        const proposed = proposeBaseline(clean, new Date(Date.now() + GRACE).toISOString().slice(0, 10))
        await writeNew(flags.writeBaseline, `${JSON.stringify(proposed, null, 2)}\n`)
        out(
          `${flags.writeBaseline}: ${proposed.accepted.length} differences; write down the reason of each\n`,
        )
        return
      }
      const report = toReport(applyBaseline(clean, baseline, today))
      const write = await formats[wishes.format]()
      const text = hideSecrets(write(report), secrets)
      if (flags.output === undefined) out(text)
      else await writeFile(flags.output, text)
      if (report.verdict === 'drift') process.exitCode = exitCodes.drift.code
    })
}

function addFlags(command: Command): Command {
  command
    .option(
      '--traffic <path>',
      'recorded requests: HAR, a journal of fakeforge, exchange files, or a folder of them',
    )
    .option('--live <url>', 'the real server; only GET and HEAD are sent to it unless --write is given')
    .option('--token <token>', 'lets in at the live server; environment: FAKEFORGE_LIVE_TOKEN')
    .option('--user <name>', 'whose token that is, for Basic authentication')
    .option('--vendor <id>', 'gitlab, bitbucket, gitflic or codearts; with --traffic: only that one')
    .option('--project <project>', 'for the stories: the project as its vendor addresses it')
    .option(
      '--write',
      'stories may make tags in the project; they have names of their own and are taken away again',
    )
    .option('--fake <url>', 'a server of fakeforge that runs, instead of one started here')
    .option('--admin-token <token>', "that server's control plane's; environment: FAKEFORGE_ADMIN_TOKEN")
    .option(
      '--fake-user <name>',
      'who asks in the fake where a recording has no token (default: a maintainer)',
    )
    .option(
      '--fake-project <project>',
      'the project in the fake, where it is addressed otherwise (default: as --project)',
    )
    .option('--timeout <duration>', 'how long one answer may take', '30s')
    .option('--format <format>', 'text, json, junit or markdown', 'text')
    .option('--output <file>', 'writes the report there instead of stdout')
    .option('--baseline <file>', 'differences that are accepted, each with reason and expiry')
    .option('--write-baseline <file>', 'writes down what differs now, to begin a baseline')
  for (const setting of settings) if (WORLDLY.includes(setting.key)) command.addOption(optionOf(setting))
  return command
}

/** A signal ends the stories, not their cleaning up; a second one ends everything. */
async function interruptible(
  run: (stop: AbortSignal) => Promise<Outcome>,
  say: (sentence: string) => void,
): Promise<Outcome> {
  const over = new AbortController()
  let signalled: 'SIGINT' | 'SIGTERM' | null = null
  const stop = (signal: 'SIGINT' | 'SIGTERM') => {
    if (signalled !== null) process.exit(exitCodeOfSignal(signal))
    signalled = signal
    over.abort(new CommandError('interrupted', `${signal}: it ends here.`))
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  try {
    return await run(over.signal)
  } catch (error) {
    if (signalled === null) throw error
    say(`fakeforge: ${(error as Error).message}`)
    return process.exit(exitCodeOfSignal(signalled))
  } finally {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
}

/** Reasons that somebody has written are not written over. */
async function writeNew(file: string, text: string): Promise<void> {
  const before = await readFile(file, 'utf8').catch(() => '')
  if (/"reason":\s*"[^"]/.test(before))
    throw new CommandError(
      'file-exists',
      `${file} has reasons already. Name another file, and merge them by hand.`,
    )
  await writeFile(file, text)
}

const examples = `Exit code 0: same; 2: drift; 1: could not compare; 64: a mistake in the command line or a file.

Examples:
  export FAKEFORGE_LIVE_TOKEN=mia-token
  fakeforge compare --vendor gitlab --live http://127.0.0.1:4747 --project acme/widgets
  fakeforge compare --vendor gitflic --live http://127.0.0.1:4747 --project acme/widgets --format junit --output report.xml
  fakeforge journal > traffic.jsonl               # what a server was asked, by the lines above for example
  fakeforge compare --traffic traffic.jsonl       # the fake against what was recorded
  fakeforge compare --traffic traffic.jsonl --live http://127.0.0.1:4747 --format markdown`
