/** The commands and their flags, from the table of settings. */
import { Command, CommanderError, Option } from 'commander'
import { UsageError } from '../config/mistakes.ts'
import { type Setting, settings } from '../config/settings.ts'
import { version } from '../version.ts'
import { exitCodes } from './exit-codes.ts'

/** What stood behind each flag, by the setting's key. */
export type Flags = Readonly<Record<string, readonly string[]>>

export interface Commands {
  serve(flags: Flags): Promise<void>
  validate(file: string): Promise<void>
}

export interface Writers {
  out(text: string): void
  err(text: string): void
}

/** Runs the command that `argv` (without node and script) names. Throws UsageError for a command line that is wrong. */
export async function runProgram(
  argv: readonly string[],
  commands: Commands,
  writers: Writers,
): Promise<void> {
  const program = new Command('fakeforge')
    .description(
      'A fake of GitLab, Bitbucket Server, GitFlic and CodeArts Repo: one server, real git objects, in memory.',
    )
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ writeOut: writers.out, writeErr: writers.err, outputError: () => {} })
  const serve = addServe(program, commands)
  addValidate(program, commands)
  program.addHelpText('after', () => `\n${optionsOf(serve)}\n\n${examples}`)
  try {
    await program.parseAsync(argv, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    // Help and version end in an exception too.
    if (error.exitCode !== 0) throw new UsageError([explain(error)])
  }
}

function addServe(program: Command, commands: Commands): Command {
  const serve = program
    .command('serve', { isDefault: true })
    .description('serve the forges until a signal comes (the default command)')
    .allowExcessArguments()
    .addHelpText('after', `\n${examples}`)
  for (const setting of settings) serve.addOption(optionOf(setting))
  return serve.action(async () => {
    // A word that is no command arrives here, since this is the default command.
    const [word] = serve.args
    if (word !== undefined) throw new UsageError([unknownCommand(word, program)])
    await commands.serve(serve.opts<Flags>())
  })
}

function addValidate(program: Command, commands: Commands): void {
  program
    .command('validate')
    .description('check a fixture, YAML or JSON, and name each mistake in it')
    .argument('<file>', 'the fixture')
    .action((file: string) => commands.validate(file))
}

/** The flag of a setting. All of them collect texts; which count, and what is wrong with them, is for the table to say. */
function optionOf({ flag, value, help, key, absent, repeatable }: Setting): Option {
  const often = repeatable ? '; may be repeated' : ''
  const option = new Option(`${flag} ${value}`, `${help}${often} (default: ${absent})`)
  option.attributeName = () => key
  return option.argParser((text: string, before: readonly string[] = []) => [...before, text])
}

function unknownCommand(word: string, program: Command): string {
  const names = program.commands.map((command) => command.name())
  return `unknown command "${word}"; allowed: ${names.join(', ')}. See fakeforge --help`
}

function explain({ message }: CommanderError): string {
  const sentence = message.replace(/^error: /, '').replace('\n', ' ')
  return `${sentence}${/[.?)]$/.test(sentence) ? '' : '.'} See fakeforge --help`
}

/** The part of a command's help that lists its options, for the help of the program, whose default command it is. */
function optionsOf(command: Command): string {
  const help = command.helpInformation()
  return help.slice(help.indexOf('Options:')).replace('Options:', `Options of ${command.name()}:`).trimEnd()
}

const examples = `Each option has an environment variable (--log-level: FAKEFORGE_LOG_LEVEL; several values separated by
commas) and a key in fakeforge.config.yaml or .json. A flag wins over the environment, the environment
over the file.

Examples:
  fakeforge                                       the demo world on http://127.0.0.1:4747
  fakeforge --port 0 --log-level silent           any free port, printed; no request log
  fakeforge --fixture world.yaml                  your own users, projects and repositories
  fakeforge --profile gitlab=14                   answer as an older GitLab does
  FAKEFORGE_HOST=0.0.0.0 fakeforge 2>log.jsonl    for other machines; requests as JSON lines in a file
  fakeforge validate world.yaml                   is the fixture right?

Exit codes: ${Object.values(exitCodes)
  .map(({ code, meaning }) => `${code} ${meaning}`)
  .join('\n            ')}`
