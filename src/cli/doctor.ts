import { styleText } from 'node:util'
import { checkUp, type Finding } from './check-up.ts'
import { exitCodes } from './exit-codes.ts'
import type { Definition } from './outlines.ts'
import { addServerFlags, type ServerFlags } from './server-flags.ts'
import { jsonLine, printable } from './wording.ts'

export const defineDoctor: Definition = (command, { out }) => {
  addServerFlags(command)
    .addHelpText('after', `\n${examples}`)
    .action(async (flags: ServerFlags) => {
      const findings = await checkUp(flags)
      const isWell = findings.every(({ verdict }) => verdict !== 'bad')
      out(flags.json ? jsonLine({ ok: isWell, findings }) : findings.map(writeFinding).join(''))
      if (!isWell) process.exitCode = exitCodes.failed.code
    })
}

const marks = {
  ok: styleText('green', 'ok  '),
  note: styleText('yellow', 'note'),
  bad: styleText('red', 'BAD '),
}

function writeFinding({ verdict, what, next }: Finding): string {
  const lines = [
    `${marks[verdict]}  ${printable(what)}`,
    ...(next === null ? [] : [`      ${printable(next)}`]),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

const examples = `Examples:
  fakeforge doctor            # why does it not run? Exit code 1 when something is bad
  fakeforge doctor --json`
