import { refuseToGuess } from './command-group.ts'
import type { Definition } from './outlines.ts'
import { addServerFlags, connectTo, type ServerFlags } from './server-flags.ts'
import { jsonLine } from './wording.ts'

export const defineSnapshot: Definition = (group, { out, err }) => {
  refuseToGuess(group).addHelpText('after', `\n${examples}`)
  addServerFlags(group.command('save').description('keep the world as it is under a name'))
    .argument('<name>')
    .action(async (name: string, flags: ServerFlags) => {
      await (await connectTo(flags)).snapshot(name)
      out(flags.json ? jsonLine({ saved: name }) : `${name} is saved\n`)
    })
  addServerFlags(group.command('restore').description('bring a snapshot back'))
    .argument('<name>')
    .action(async (name: string, flags: ServerFlags) => {
      await (await connectTo(flags)).restore(name)
      out(flags.json ? jsonLine({ restored: name }) : `${name} is restored\n`)
    })
  addServerFlags(group.command('ls').description('list the snapshots')).action(async (flags: ServerFlags) => {
    const names = await (await connectTo(flags)).snapshots()
    if (flags.json) return out(jsonLine(names))
    if (names.length === 0) return err('There are no snapshots. Take one: fakeforge snapshot save NAME\n')
    out(names.map((name) => `${name}\n`).join(''))
  })
  addServerFlags(group.command('rm').description('delete snapshots'))
    .argument('<name...>')
    .action(async (names: string[], flags: ServerFlags) => {
      const control = await connectTo(flags)
      for (const name of names) await control.deleteSnapshot(name)
      out(flags.json ? jsonLine({ removed: names }) : names.map((name) => `${name} is gone\n`).join(''))
    })
}

const examples = `Examples:
  fakeforge snapshot save seeded
  fakeforge snapshot ls
  fakeforge snapshot restore seeded
  fakeforge sandbox create --snapshot seeded
  fakeforge snapshot rm seeded`
