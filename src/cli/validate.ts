import { loadFixtureFile } from '../forge/fixture/load.ts'
import { FixtureError } from '../forge/fixture/problem.ts'
import { exitCodes } from './exit-codes.ts'
import type { Definition } from './outlines.ts'
import { count, jsonLine } from './wording.ts'

export const defineValidate: Definition = (command, { out }) => {
  command
    .argument('<file>', 'the fixture')
    .option('--json', 'what was found as JSON: {"file", "valid", "problems": [{"path", "message"}]}')
    .addHelpText('after', `\n${examples}`)
    .action(async (file: string, { json }: { json?: boolean }) => {
      out(json ? jsonLine(await judge(file)) : await praise(file))
    })
}

/** Says that a fixture is right. Throws FixtureError with all that is wrong with it. */
async function praise(file: string): Promise<string> {
  const { fixture } = await loadFixtureFile(file)
  const { users = [], owners = [], projects = [] } = fixture
  const parts = [count(users, 'user'), count(owners, 'owner'), count(projects, 'project')]
  return `${file} is a valid fixture: ${parts.join(', ')}\n`
}

/** The same for programs, which read the mistakes from stdout. */
async function judge(file: string): Promise<object> {
  try {
    await loadFixtureFile(file)
    return { file, valid: true, problems: [] }
  } catch (error) {
    if (!(error instanceof FixtureError)) throw error
    process.exitCode = exitCodes.usage.code
    return { file, valid: false, problems: error.problems }
  }
}

const examples = `Examples:
  fakeforge validate world.yaml             # 0 when it is right, 64 when it is not
  fakeforge validate world.yaml --json      # the mistakes with their places, for editors and scripts`
