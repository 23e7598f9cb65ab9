import { Option } from 'commander'
import { ConnectionError } from '../client/connection-error.ts'
import { UsageError } from '../config/mistakes.ts'
import type { VendorId } from '../options.ts'
import { type EnvScene, type EnvWishes, findScene } from './env-scene.ts'
import { variablesOf } from './env-variables.ts'
import type { Definition } from './outlines.ts'
import { addServerFlags, connectTo, type ServerFlags, serverUrl } from './server-flags.ts'
import { type Shell, shells, writeVariables } from './shell-quoting.ts'

interface EnvFlags extends ServerFlags, EnvWishes {
  readonly shell: Shell
}

const vendors: readonly VendorId[] = ['gitlab', 'bitbucket', 'gitflic', 'codearts']

export const defineEnv: Definition = (command, { out, err }) => {
  addServerFlags(command.argument('<vendor>', vendors.join(', ')))
    .addOption(new Option('--shell <shell>', 'for which shell, or format').choices([...shells]).default('sh'))
    .option('--user <name>', 'whose credentials (default: the first user that has some)')
    .option('--project <path>', 'which project (default: the first one that the user can read)')
    .addHelpText('after', `\n${examples}`)
    .action(async (name: string, flags: EnvFlags) => {
      const vendor = vendors.find((known) => known === name)
      if (!vendor) throw new UsageError([`unknown vendor "${name}"; allowed: ${vendors.join(', ')}`])
      const scene = await sceneOf(vendor, flags, err)
      out(writeVariables(variablesOf(vendor, scene), flags.json ? 'json' : flags.shell))
    })
}

/** From the running server; when there is none, from the demo world, which the next server serves unless told otherwise. */
async function sceneOf(vendor: VendorId, flags: EnvFlags, err: (text: string) => void): Promise<EnvScene> {
  try {
    return await findScene(await connectTo(flags), vendor, flags)
  } catch (error) {
    const nobody = error instanceof ConnectionError && error.code === 'no-connection'
    if (!nobody || flags.sandbox !== undefined) throw error
    const url = serverUrl(flags)
    err(`fakeforge: nobody answers at ${url}; these are for the demo world, which fakeforge serves.\n`)
    const { demoScene } = await import('./demo-scene.ts')
    return demoScene(url, vendor, flags)
  }
}

const examples = `Examples:
  eval "$(fakeforge env gitlab)"                  # sh, bash, zsh; then glab, semantic-release, renovate …
  fakeforge env gitlab --shell fish               # in fish: fakeforge env gitlab --shell fish | source
  fakeforge env bitbucket --shell powershell      # there: fakeforge env bitbucket --shell powershell | Out-String | iex
  fakeforge env gitflic --shell cmd > env.cmd     # then: call env.cmd
  fakeforge env codearts --user dee --shell dotenv > .env
  fakeforge env gitlab --user dee --project acme/widgets --json | jq -r .CI_PROJECT_ID`
