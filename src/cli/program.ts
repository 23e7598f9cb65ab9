/** The command line: `serve` with its flags from the table of settings, and the other commands. */
import { Command, CommanderError } from 'commander'
import { UsageError } from '../config/mistakes.ts'
import { settings } from '../config/settings.ts'
import { version } from '../version.ts'
import { examples, exitCodeHelp } from './help.ts'
import { outlines, type Writers } from './outlines.ts'
import { optionOf } from './setting-option.ts'

/** What stood behind each flag, by the setting's key. */
export type Flags = Readonly<Record<string, readonly string[]>>

/** Runs the command that `argv` (without node and script) names. Throws UsageError for a command line that is wrong. */
export async function runProgram(argv: readonly string[], writers: Writers): Promise<void> {
  const program = new Command('fakeforge')
    .description(
      'A fake of GitLab, Bitbucket Server, GitFlic and CodeArts Repo: one server, real git objects, in memory.',
    )
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ writeOut: writers.out, writeErr: writers.err, outputError: () => {} })
  const serve = addServe(program)
  for (const { name, summary, load } of outlines) {
    const command = program.command(name).description(summary).helpCommand(false)
    if (argv[0] === name) (await load())(command, writers)
  }
  program.addHelpText('after', () => `\n${optionsOf(serve)}\n\n${examples}\n\n${exitCodeHelp}`)
  try {
    await program.parseAsync(argv, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    // Help and version end in an exception too.
    if (error.exitCode !== 0) throw new UsageError([explain(error, argv)])
  }
}

function addServe(program: Command): Command {
  const serve = program
    .command('serve', { isDefault: true })
    .description('serve the forges until a signal comes (the default command)')
    .allowExcessArguments()
    .addHelpText('after', `\n${examples}\n\n${exitCodeHelp}`)
  for (const setting of settings) serve.addOption(optionOf(setting))
  serve.option('--json', 'the addresses as one JSON line instead of the banner')
  return serve.action(async () => {
    // A word that is no command arrives here, since this is the default command.
    const [word] = serve.args
    if (word !== undefined) throw new UsageError([unknownCommand(word)])
    const { json = false, ...flags } = serve.opts<{ json?: boolean }>()
    await (await import('./serve.ts')).serve(flags as Flags, json)
  })
}

function unknownCommand(word: string): string {
  const names = ['serve', ...outlines.map(({ name }) => name)]
  if (names.includes(word))
    return `"${word}" must come first: fakeforge ${word} …. See fakeforge ${word} --help`
  return `unknown command "${word}"; allowed: ${names.join(', ')}. See fakeforge --help`
}

function explain({ message }: CommanderError, argv: readonly string[]): string {
  const sentence = message.replace(/^error: /, '').replace('\n', ' ')
  const named = outlines.some(({ name }) => name === argv[0]) ? ` ${argv[0]}` : ''
  return `${sentence}${/[.?)]$/.test(sentence) ? '' : '.'} See fakeforge${named} --help`
}

/** The part of a command's help that lists its options, for the help of the program, whose default command it is. */
function optionsOf(command: Command): string {
  const help = command.helpInformation()
  return help.slice(help.indexOf('Options:')).replace('Options:', `Options of ${command.name()}:`).trimEnd()
}
