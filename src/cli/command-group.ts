import type { Command } from 'commander'
import { UsageError } from '../config/mistakes.ts'

/** A command that only means something with one of its own commands behind it. */
export function refuseToGuess(group: Command): Command {
  return group.allowExcessArguments().action(() => {
    const names = group.commands.map((command) => command.name()).join(', ')
    const [word] = group.args
    const trouble = word === undefined ? 'lacks its command' : `has no command "${word}"`
    throw new UsageError([
      `${group.name()} ${trouble}; allowed: ${names}. See fakeforge ${group.name()} --help`,
    ])
  })
}
