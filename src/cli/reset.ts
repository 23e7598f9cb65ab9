import type { Definition } from './outlines.ts'
import { readFixtureToPost } from './posted-fixture.ts'
import { addServerFlags, connectTo, type ServerFlags } from './server-flags.ts'
import { jsonLine } from './wording.ts'

interface ResetFlags extends ServerFlags {
  readonly fixture?: string
}

export const defineReset: Definition = (command, { out }) => {
  addServerFlags(command)
    .option('--fixture <file>', 'go to this world instead of back to the beginning')
    .addHelpText('after', `\n${examples}`)
    .action(async (flags: ResetFlags) => {
      const { fixture, json } = flags
      const world = fixture === undefined ? undefined : await readFixtureToPost(fixture)
      const control = await connectTo(flags)
      await control.reset(world)
      const place = fixture === undefined ? 'is back at its beginning' : `has the world of ${fixture}`
      out(json ? jsonLine({ url: control.url, fixture: fixture ?? null }) : `${control.url} ${place}\n`)
    })
}

const examples = `Examples:
  fakeforge reset                                 # as after the start
  fakeforge init world.yaml && fakeforge reset --fixture world.yaml`
