import type { Control, SandboxControl, SandboxFacts } from '../client/control.ts'
import { refuseToGuess } from './command-group.ts'
import { durationOf } from './duration.ts'
import type { Definition } from './outlines.ts'
import { readFixtureToPost } from './posted-fixture.ts'
import { addServerFlags, connectTo, type ServerFlags } from './server-flags.ts'
import { columns, jsonLine } from './wording.ts'

interface CreateFlags extends ServerFlags {
  readonly fixture?: string
  readonly snapshot?: string
  readonly ttl?: string
}

const vendors = ['gitlab', 'bitbucket', 'gitflic', 'codearts'] as const

export const defineSandbox: Definition = (group, { out, err }) => {
  refuseToGuess(group).addHelpText('after', `\n${examples}`)
  addServerFlags(group.command('create').description('make a world of its own; the first line is its id'))
    .option('--fixture <file>', "the world that it begins with (default: the server's initial one)")
    .option('--snapshot <name>', 'or a snapshot')
    .option('--ttl <duration>', 'after which it goes by itself: seconds, or with a unit')
    .action(async (flags: CreateFlags) => {
      const { fixture, snapshot, ttl } = flags
      const options = {
        ...(fixture !== undefined && { fixture: await readFixtureToPost(fixture) }),
        ...(snapshot !== undefined && { snapshot }),
        ...(ttl !== undefined && { ttl: durationOf('--ttl', ttl) / 1000 }),
      }
      const sandbox = await (await connectTo(flags)).sandbox(options)
      out(flags.json ? jsonLine(factsOf(sandbox)) : `${sandbox.id}\n${columns(addressRows(sandbox))}`)
    })
  addServerFlags(group.command('rm').description('take sandboxes away'))
    .argument('<id...>', 'their ids')
    .action(async (ids: string[], flags: ServerFlags) => {
      for (const id of ids) {
        const sandbox = (await connectTo({ ...flags, sandbox: id })) as SandboxControl
        await sandbox.close()
      }
      out(flags.json ? jsonLine({ removed: ids }) : ids.map((id) => `${id} is gone\n`).join(''))
    })
  addServerFlags(group.command('ls').description('list the sandboxes, oldest first')).action(
    async (flags: ServerFlags) => {
      const sandboxes = await (await connectTo(flags)).sandboxes()
      if (flags.json) return out(jsonLine(sandboxes))
      if (sandboxes.length === 0) return err('There are no sandboxes. Make one: fakeforge sandbox create\n')
      out(
        columns(
          sandboxes.map(({ id, url, expiresAt }) => [id, `until ${expiresAt ?? 'it is removed'}`, url]),
        ),
      )
    },
  )
}

function factsOf(sandbox: SandboxControl): SandboxFacts & { vendors: Record<string, string> } {
  const { id, url, createdAt, expiresAt } = sandbox
  return {
    id,
    url,
    createdAt,
    expiresAt,
    vendors: Object.fromEntries(vendors.map((vendor) => [vendor, sandbox[vendor].url])),
  }
}

function addressRows(control: Control): string[][] {
  return [['  all', control.url], ...vendors.map((vendor) => [`  ${vendor}`, control[vendor].url])]
}

const examples = `Examples:
  id=$(fakeforge sandbox create --ttl 10m | head -n 1)
  fakeforge sandbox ls
  fakeforge env gitlab --sandbox "$id"            # clients that know of nothing but an address
  fakeforge reset --sandbox "$id"
  fakeforge sandbox rm "$id"
  fakeforge sandbox create --json | jq -r .vendors.gitlab`
