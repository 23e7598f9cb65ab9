import { UsageError } from '../config/mistakes.ts'
import { readPort } from '../config/readers.ts'
import { record } from '../record/record.ts'
import { readLive } from './compare-flags.ts'
import type { Definition } from './outlines.ts'
import { jsonLine } from './wording.ts'

interface RecordFlags {
  readonly live: string
  readonly port: string
  readonly output: string
  readonly json?: boolean
}

export const defineRecord: Definition = (command, { out }) => {
  command
    .requiredOption('--live <url>', 'the real server; every request is handed on to it as it is')
    .requiredOption('--output <folder>', 'where the files go, one per vendor; made if need be')
    .option('--port <number>', 'port on 127.0.0.1 to listen on; 0 takes any free one and prints it', '0')
    .option('--json', 'where it listens, and at the end what it wrote, as JSON lines')
    .addHelpText('after', `\n${examples}`)
    .action(async (flags: RecordFlags) => {
      const live = readLive(flags.live)
      const recording = await record({ live, folder: flags.output, port: portOf(flags.port) })
      const { url } = recording
      out(
        flags.json
          ? jsonLine({ url, live, folder: flags.output })
          : `recording ${live} on ${url} into ${flags.output}; Ctrl+C ends it\n`,
      )
      await signalled()
      const { files, leftOut } = await recording.close()
      if (flags.json) return out(jsonLine({ files: Object.fromEntries(files), leftOut }))
      const lines = [...files].map(([file, count]) => `${file}: ${count} exchanges\n`)
      out(
        `${lines.join('') || 'nothing was recorded\n'}${leftOut > 0 ? `${leftOut} left out: git, pages, or too long\n` : ''}`,
      )
    })
}

function portOf(text: string): number {
  const mistakes: string[] = []
  const port = readPort([text], {
    vendors: [],
    folder: '',
    report: (mistake) => mistakes.push(`--port: ${mistake}`),
  })
  if (mistakes.length > 0) throw new UsageError(mistakes)
  return port
}

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
}

const examples = `Examples:
  fakeforge record --live http://127.0.0.1:4747 --output recorded           # a real server, of course
  fakeforge record --live http://127.0.0.1:4747 --output recorded --json    # where it listens, for a program to read`
