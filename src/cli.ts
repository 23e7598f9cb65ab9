#!/usr/bin/env node
/** The executable: `fakeforge`. What is not needed to parse a command line is loaded by the command that needs it. */
import { reportFailure } from './cli/failure-report.ts'
import { runProgram } from './cli/program.ts'

// A reader that goes away (`fakeforge | head -1`) must not take the server with it.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

const commands = {
  serve: async (flags: Readonly<Record<string, readonly string[]>>) =>
    (await import('./cli/serve.ts')).serve(flags),
  validate: async (file: string) => (await import('./cli/validate.ts')).validate(file),
}

const writers = {
  out: (text: string) => process.stdout.write(text),
  err: (text: string) => process.stderr.write(text),
}

runProgram(process.argv.slice(2), commands, writers).catch((error: unknown) => {
  const { text, exitCode } = reportFailure(error)
  process.stderr.write(text)
  process.exitCode = exitCode
})
