/**
 * receive-pack over HTTP: what is behind `git push`. One request holds everything: what is to become of which refs, and a pack
 * with the objects that they need (none when refs are only deleted).
 *
 *     C: commands, flush, push options, flush, pack
 *     S: report-status, over a side-band with words for the user if the client takes it
 *
 * The pack is read into a layer of its own, checked, and only then, in one step, are refs moved and objects published. A push
 * that fails on the way leaves nothing behind.
 *
 * https://git-scm.com/docs/gitprotocol-pack#_pushing_data_to_a_server
 */
import { MemoryLayer } from '../memory-layer.ts'
import { ingestPack, type PackLimits } from '../pack-ingest.ts'
import { PackRefusal } from '../pack-refusal.ts'
import type { Repository } from '../repository.ts'
import type { PacketStream } from './packet-stream.ts'
import { checkPush } from './push-check.ts'
import { decidePush } from './push-decision.ts'
import type { PushRules } from './push-rules.ts'
import { encodeOutcome, type ReceiveOutcome } from './receive-report.ts'
import { type ReceiveRequest, readReceiveRequest } from './receive-request.ts'

/** What is offered, besides `agent`. */
export const PUSH_CAPABILITIES: readonly string[] = [
  'report-status',
  'report-status-v2',
  'delete-refs',
  'side-band-64k',
  'quiet',
  'atomic',
  'ofs-delta',
  'push-options',
  'object-format=sha1',
]

/**
 * The answer to one request. Nothing is sent, not even the first chunk, before all is done; so whatever reading the body throws
 * comes out first. Throws WireError for what breaks the protocol.
 */
export async function* receivePack(
  repository: Repository,
  packets: PacketStream,
  rules: PushRules,
  limits: PackLimits,
): AsyncGenerator<Buffer> {
  const request = await readReceiveRequest(packets)
  // Before a large push git asks with nothing but a flush whether it would be let in.
  if (request.commands.length === 0) return
  yield* encodeOutcome(await performPush(repository, request, packets, rules, limits), request)
}

async function performPush(
  repository: Repository,
  request: ReceiveRequest,
  packets: PacketStream,
  rules: PushRules,
  limits: PackLimits,
): Promise<ReceiveOutcome> {
  const { commands } = request
  const received = await takeObjects(repository, request, packets, limits)
  if (!(received instanceof PackRefusal)) {
    return decidePush(repository, await checkPush(repository.objects, request, received), rules)
  }
  const results = commands.map(({ ref }) => ({ ref, refused: 'unpacker error' }))
  return { unpack: received.status, results, messages: received.lines }
}

async function takeObjects(
  { objects }: Repository,
  { commands }: ReceiveRequest,
  packets: PacketStream,
  limits: PackLimits,
): Promise<MemoryLayer | PackRefusal> {
  if (commands.every(({ after }) => after === null)) return new MemoryLayer()
  const pack = packets.rest()
  try {
    return await ingestPack(pack, objects, limits)
  } catch (error) {
    if (!(error instanceof PackRefusal)) throw error
    // A client that is still sending would take an answer for a broken connection.
    for await (const _rest of pack);
    return error
  }
}
