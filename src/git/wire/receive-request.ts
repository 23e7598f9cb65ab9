/**
 * What a client of receive-pack sends before the pack: commands, one per ref, the capabilities that it takes up after a NUL
 * in the first of them, and a flush; then, when it took up `push-options`, these and another flush.
 *
 *     shallow <oid>                     where its history is cut off, before the commands
 *     <old> <new> <ref>NUL<capabilities>
 *     <old> <new> <ref>                 an old id of zeros creates, a new one deletes
 *     0000
 *     <push option>
 *     0000
 *
 * https://git-scm.com/docs/gitprotocol-pack#_reference_update_request_and_packfile_transfer
 */
import type { Oid } from '../model.ts'
import { isOid, ZERO_OID } from '../object-id.ts'
import { type Capabilities, checkObjectFormat, parseCapabilities } from './capabilities.ts'
import { Pacer } from './pacer.ts'
import type { PacketStream } from './packet-stream.ts'
import { type Packet, textOf } from './pkt-line.ts'
import { WireError } from './wire-error.ts'

export interface RefCommand {
  /** As it was sent, whether or not it can be the name of a ref. */
  readonly ref: string
  /** Null where zeros were sent. */
  readonly before: Oid | null
  /** Null deletes. */
  readonly after: Oid | null
}

export interface ReceiveRequest {
  readonly commands: readonly RefCommand[]
  readonly capabilities: Capabilities
  readonly shallow: ReadonlySet<Oid>
  readonly options: readonly string[]
}

/** Bytes of commands and options, far more than a repository with a million refs needs: they are kept until the end. */
const MOST_BYTES = 256 * 1024 * 1024
const COMMAND = /^([0-9a-f]{40}) ([0-9a-f]{40}) ([^\n]+)$/i

/** Reads up to where the pack begins. Throws WireError. Without any command there is nothing to do. */
export async function readReceiveRequest(packets: PacketStream): Promise<ReceiveRequest> {
  const lines = new LineReader(packets)
  const commands: RefCommand[] = []
  const shallow = new Set<Oid>()
  let capabilities: Capabilities = new Map()
  for (let line = await lines.read(); line !== null; line = await lines.read()) {
    if (line.startsWith('shallow ')) {
      shallow.add(parseShallow(line))
      continue
    }
    const nul = line.indexOf('\0')
    if (nul >= 0) capabilities = parseCapabilities(line.slice(nul + 1))
    commands.push(parseCommand(nul < 0 ? line : line.slice(0, nul)))
  }
  checkObjectFormat(capabilities)
  const options: string[] = []
  if (commands.length > 0 && capabilities.has('push-options')) {
    for (let line = await lines.read(); line !== null; line = await lines.read()) options.push(line)
  }
  return { commands, capabilities, shallow, options }
}

/** Lines up to a flush, counted over all of the request. */
class LineReader {
  readonly #packets: PacketStream
  readonly #pacer = new Pacer()
  #bytes = 0

  constructor(packets: PacketStream) {
    this.#packets = packets
  }

  /** Null at a flush. */
  async read(): Promise<string | null> {
    const packet: Packet | null = await this.#packets.read()
    if (packet === null) throw new WireError('the remote end hung up unexpectedly')
    if (this.#pacer.isDue) await this.#pacer.rest()
    if (packet === 'flush') return null
    if (typeof packet === 'string') throw new WireError('protocol error: got an unexpected packet')
    this.#bytes += packet.length
    if (this.#bytes > MOST_BYTES) throw new WireError('protocol error: too many commands')
    return textOf(packet)
  }
}

function parseShallow(line: string): Oid {
  const oid = line.slice('shallow '.length)
  if (!isOid(oid)) throw new WireError(`protocol error: expected shallow sha, got '${oid}'`)
  return oid
}

function parseCommand(line: string): RefCommand {
  const found = COMMAND.exec(line)
  if (!found) throw new WireError(`protocol error: expected old/new/ref, got '${line}'`)
  const [, before = '', after = '', ref = ''] = found
  return { ref, before: readOid(before), after: readOid(after) }
}

function readOid(digits: string): Oid | null {
  return digits === ZERO_OID ? null : digits.toLowerCase()
}
