import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { UsageError } from '../config/mistakes.ts'
import { CommandError } from './command-error.ts'
import { commentedFixture } from './commented-fixture.ts'
import type { Definition } from './outlines.ts'
import { jsonLine } from './wording.ts'

interface InitFlags {
  readonly force?: boolean
  readonly json?: boolean
}

export const defineInit: Definition = (command, { out }) => {
  command
    .argument('[file]', 'where to write it', 'world.yaml')
    .option('--force', 'overwrite a file that is there')
    .option('--json', 'what was written as JSON: {"file"}')
    .addHelpText('after', `\n${examples}`)
    .action(async (file: string, { force = false, json }: InitFlags) => {
      if (!['.yaml', '.yml'].includes(extname(file)))
        throw new UsageError([`file: "${file}" must end with .yaml or .yml, since JSON has no comments`])
      if (!force && existsSync(file))
        throw new CommandError(
          'file-exists',
          `${file} is there already. Name another, or overwrite it: --force`,
        )
      await writeFile(file, commentedFixture, { flag: force ? 'w' : 'wx' })
      out(
        json
          ? jsonLine({ file })
          : `${file} is written. Change it, then\n  check it:  fakeforge validate ${file}\n  serve it:  fakeforge --fixture ${file}\n`,
      )
    })
}

const examples = `Examples:
  fakeforge init                          # world.yaml, a world with comments that say what may stand where
  fakeforge init fixtures.yaml && fakeforge validate fixtures.yaml
  fakeforge init world.yaml --force       # anew`
