/**
 * Protocol 2 knows commands instead of fixed exchanges. The server lists what it can do (`version 2`, a line per capability,
 * flush); the client sends one command per request:
 *
 *     command=<name>
 *     <capability>            any number: agent=…, object-format=…, server-option=…
 *     delim                   only when arguments follow
 *     <argument>              any number
 *     flush
 *
 * https://git-scm.com/docs/gitprotocol-v2
 */
import { type Capabilities, checkObjectFormat, parseCapabilities, splitCapability } from './capabilities.ts'
import { Pacer } from './pacer.ts'
import type { PacketStream } from './packet-stream.ts'
import { encodeLine, FLUSH, type Packet, textOf } from './pkt-line.ts'
import { WireError } from './wire-error.ts'

const COMMANDS = ['ls-refs', 'fetch', 'object-info'] as const

export type CommandName = (typeof COMMANDS)[number]

export interface Command {
  readonly name: CommandName
  readonly capabilities: Capabilities
  /** The lines after the delim, up to the flush: as many at a time as have come. */
  readonly lines: AsyncGenerator<readonly string[], void>
}

/** As many lines are understood in a fraction of a turn. */
const MOST_AT_ONCE = 500
/** More capabilities than this no client has. */
const MOST_CAPABILITIES = 1000

/** What the server can do, as protocol 2 begins. */
export function advertiseCommands(agent: string): Buffer[] {
  const lines = [
    'version 2',
    `agent=${agent}`,
    'ls-refs=unborn',
    // Wants by the names of refs are understood, too, but not announced, as git itself does by default: a client that was
    // told of a ref would fail when it goes away before the client asks for it.
    'fetch=shallow wait-for-done filter',
    'server-option',
    'object-format=sha1',
    'object-info',
  ]
  return [...lines.map(encodeLine), FLUSH]
}

/** Reads a command up to its arguments; null when the request holds none. Throws WireError for what is unknown. */
export async function readCommand(packets: PacketStream): Promise<Command | null> {
  let name: CommandName | null = null
  const words: string[] = []
  for (;;) {
    const packet = await packets.read()
    if (!(packet instanceof Buffer)) {
      if (name === null && words.length === 0 && packet !== 'delim') return null
      if (name === null) throw new WireError('no command requested')
      const capabilities = parseCapabilities(words.join(' '))
      checkObjectFormat(capabilities)
      return { name, capabilities, lines: packet === 'delim' ? readLines(packets) : noLines() }
    }
    const line = textOf(packet)
    const { name: key, value } = splitCapability(line)
    if (key === 'command') {
      if (name !== null) {
        throw new WireError(`command '${value}' requested after already requesting command '${name}'`)
      }
      name = commandNamed(value ?? '')
    } else {
      checkCapability(line, words.length)
      words.push(line)
    }
  }
}

function commandNamed(name: string): CommandName {
  const known = COMMANDS.find((command) => command === name)
  if (known === undefined) throw new WireError(`invalid command '${name}'`)
  return known
}

function checkCapability(line: string, before: number): void {
  const { name } = splitCapability(line)
  const isKnown = ['agent', 'object-format', 'server-option', 'session-id'].includes(name)
  if (!isKnown || before >= MOST_CAPABILITIES) throw new WireError(`unknown capability '${line}'`)
}

async function* readLines(packets: PacketStream): AsyncGenerator<readonly string[], void> {
  const pacer = new Pacer()
  for (;;) {
    const { lines, end } = takeReady(packets)
    if (lines.length > 0) yield lines
    if (pacer.isDue) await pacer.rest()
    const packet = end ?? (lines.length > 0 ? undefined : await packets.read())
    if (packet === 'flush') return
    if (packet instanceof Buffer) yield [textOf(packet)]
    else if (packet !== undefined) throw new WireError('expected flush after the arguments')
  }
}

/** The lines that are here already, and what ends them if that is, too. */
function takeReady(packets: PacketStream): { lines: string[]; end: Packet | undefined } {
  const lines: string[] = []
  while (lines.length < MOST_AT_ONCE) {
    const packet = packets.ready()
    if (!(packet instanceof Buffer)) return { lines, end: packet }
    lines.push(textOf(packet))
  }
  return { lines, end: undefined }
}

async function* noLines(): AsyncGenerator<readonly string[], void> {}
