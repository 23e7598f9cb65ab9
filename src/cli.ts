#!/usr/bin/env node
/** The executable: `fakeforge`. What is not needed to parse a command line is loaded by the command that needs it. */
import { reportFailure } from './cli/failure-report.ts'
import { runProgram } from './cli/program.ts'

// A reader that goes away (`fakeforge | head -1`) must not take the server with it.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

const writers = {
  out: (text: string) => process.stdout.write(text),
  err: (text: string) => process.stderr.write(text),
}
const argv = process.argv.slice(2)

runProgram(argv, writers).catch((error: unknown) => {
  const { text, exitCode } = reportFailure(error, argv.includes('--json'))
  process.stderr.write(text)
  process.exitCode = exitCode
})
