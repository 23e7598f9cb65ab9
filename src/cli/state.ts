import { readFile, writeFile } from 'node:fs/promises'
import { text as readAll } from 'node:stream/consumers'
import type { StateDocument } from '../client/control.ts'
import { UsageError } from '../config/mistakes.ts'
import { refuseToGuess } from './command-group.ts'
import type { Definition } from './outlines.ts'
import { addServerFlags, connectTo, type ServerFlags } from './server-flags.ts'
import { count, jsonLine } from './wording.ts'

export const defineState: Definition = (group, { out }) => {
  refuseToGuess(group).addHelpText('after', `\n${examples}`)
  addServerFlags(group.command('save').description('write the world as it is into a file'))
    .argument('<file>', 'the file, which is overwritten; - for stdout')
    .action(async (file: string, flags: ServerFlags) => {
      const state = await (await connectTo(flags)).state()
      const document = jsonLine(state)
      if (file === '-') return out(document)
      await writeFile(file, document)
      out(
        flags.json ? jsonLine({ file, bytes: Buffer.byteLength(document) }) : `${file}: ${contents(state)}\n`,
      )
    })
  addServerFlags(group.command('load').description('take a world in that was saved so'))
    .argument('<file>', 'the file; - for stdin')
    .action(async (file: string, flags: ServerFlags) => {
      const state = parse(file, file === '-' ? await readAll(process.stdin) : await readFile(file, 'utf8'))
      const control = await connectTo(flags)
      await control.setState(state)
      out(
        flags.json
          ? jsonLine({ file, url: control.url })
          : `${control.url} has the world of ${file}: ${contents(state)}\n`,
      )
    })
}

function contents({ users, projects }: StateDocument): string {
  const of = (value: unknown) => (Array.isArray(value) ? value : [])
  return `${count(of(users), 'user')}, ${count(of(projects), 'project')}`
}

function parse(file: string, text: string): StateDocument {
  try {
    return JSON.parse(text) as StateDocument
  } catch (error) {
    const reason = (error as Error).message.split('\n', 1)[0]
    throw new UsageError([`${file} is no state: ${reason}. fakeforge state save writes one.`])
  }
}

const examples = `Examples:
  fakeforge state save world-now.json
  fakeforge state load world-now.json             # on this server, another one or a sandbox
  fakeforge state save - | jq -r '.users[].username'
  fakeforge state save - | fakeforge state load -`
