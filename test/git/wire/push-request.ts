import { createHash } from 'node:crypto'
import type { Oid } from '../../../src/git/model.ts'
import type { Repository } from '../../../src/git/repository.ts'
import { parsePackets } from '../../../src/git/wire/packet-parser.ts'
import { PacketStream } from '../../../src/git/wire/packet-stream.ts'
import { encodePacket, FLUSH } from '../../../src/git/wire/pkt-line.ts'
import type { PushRules } from '../../../src/git/wire/push-rules.ts'
import { receivePack } from '../../../src/git/wire/receive-pack.ts'
import { decodeSideBand } from '../../../src/git/wire/side-band.ts'
import { inPieces } from '../pack-builder.ts'

export const ZERO: Oid = '0'.repeat(40)

/** A request of receive-pack as git's client writes it: `old new ref` for each command. */
export function pushRequest(
  commands: readonly string[],
  pack: Buffer | null,
  capabilities = 'report-status',
  options: readonly string[] | null = null,
): Buffer {
  const lines = commands.map((line, i) => encodePacket(i === 0 ? `${line}\0 ${capabilities}` : line))
  const extra = options === null ? [] : [...options.map((option) => encodePacket(option)), FLUSH]
  return Buffer.concat([...lines, FLUSH, ...extra, pack ?? Buffer.alloc(0)])
}

/** What a push has to say for itself. */
export interface Answer {
  /** Without the flush at its end. */
  readonly report: readonly string[]
  readonly messages: string
}

/** Takes an answer apart; `sideBand` says whether it is in channels. */
export function readAnswer(answer: Buffer, sideBand: boolean): Answer {
  const channels = new Map<number, Buffer[]>([
    [1, []],
    [2, []],
    [3, []],
  ])
  if (!sideBand) channels.set(1, [answer])
  for (const packet of sideBand ? parsePackets(answer) : []) {
    if (packet === 'flush') continue
    const { channel, data } = decodeSideBand(packet)
    channels.get(channel)!.push(data)
  }
  const packets = parsePackets(Buffer.concat(channels.get(1)!))
  return {
    report: packets.filter((packet) => packet !== 'flush').map((packet) => packet.toString()),
    messages: Buffer.concat(channels.get(2)!).toString(),
  }
}

export const LIMITS = { objectBytes: 1_000_000, totalBytes: 10_000_000 }

/** Lets everything through. */
export function permissive(repository: Repository): PushRules {
  return {
    judge: () => ({ refused: new Map(), messages: [] }),
    move: (updates) => void repository.update(updates),
  }
}

/** Pushes to a repository and gives the bytes that come back. */
export async function answerTo(
  repository: Repository,
  request: Buffer,
  rules: PushRules = permissive(repository),
  piece = 65_536,
): Promise<Buffer> {
  const chunks: Buffer[] = []
  const packets = new PacketStream(inPieces(request, piece))
  for await (const chunk of receivePack(repository, packets, rules, LIMITS)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** All that can be seen of a repository: HEAD, refs and the number of objects. */
export function stateOf(repository: Repository): string {
  const refs = [...repository.refs()].map(([ref, oid]) => `${oid} ${ref}`)
  const objects = createHash('sha1')
    .update([...repository.objects.oids()].sort().join())
    .digest('hex')
  return [repository.head, ...refs, objects].join('\n')
}
