/**
 * upload-pack, protocols 0 and 1, over HTTP: what is behind `git fetch`. Each request stands for itself. The client says what it
 * wants and has; the server acknowledges what it has, too; and when the client says `done`, or both have agreed to do without
 * (`no-done`), the pack follows at once.
 *
 *     C: want <oid> <capabilities>, want …, shallow …, deepen …, filter …, flush
 *     S: shallow …, unshallow …, flush                     only when asked to deepen
 *     C: have <oid> …, flush                               any number of times, later requests repeating what was common
 *     S: ACK <oid> common …, ACK <oid> ready, NAK          then the request is over
 *     C: have <oid> …, done
 *     S: ACK <oid> (or NAK), pack
 *
 * https://git-scm.com/docs/gitprotocol-pack#_packfile_negotiation
 */
import type { Oid } from '../model.ts'
import type { Repository } from '../repository.ts'
import { type Capabilities, checkObjectFormat, parseCapabilities } from './capabilities.ts'
import { CommonGround } from './common-ground.ts'
import { FetchRequest, parseOid } from './fetch-request.ts'
import { CommitGraph } from './object-links.ts'
import { Pacer } from './pacer.ts'
import { type Fetch, type PackStyle, sendPack } from './pack-section.ts'
import type { PacketStream } from './packet-stream.ts'
import { encodeLine, FLUSH, textOf } from './pkt-line.ts'
import { cutHistory, type HistoryCut, keepCut } from './shallow-history.ts'
import { NARROW, WIDE } from './side-band.ts'
import { WireError } from './wire-error.ts'

/** What is offered, besides `symref` and `agent`. */
export const FETCH_CAPABILITIES: readonly string[] = [
  'multi_ack',
  'thin-pack',
  'side-band',
  'side-band-64k',
  'ofs-delta',
  'shallow',
  'deepen-since',
  'deepen-not',
  'deepen-relative',
  'no-progress',
  'include-tag',
  'multi_ack_detailed',
  'allow-tip-sha1-in-want',
  'allow-reachable-sha1-in-want',
  'no-done',
  'filter',
  'object-format=sha1',
]

/** The answer to one request. Throws WireError before the first chunk, or in the midst of the negotiation. */
export async function* uploadPack(repository: Repository, packets: PacketStream): AsyncGenerator<Buffer> {
  const request = new FetchRequest(repository)
  const capabilities = await readWants(packets, request)
  if (request.wants.size === 0) return
  checkObjectFormat(capabilities)
  const graph = new CommitGraph(repository.objects)
  const pacer = new Pacer()
  const common = new CommonGround(repository.objects, graph, request.wants, pacer)
  const fetch: Fetch = { repository, graph, pacer, request, common }
  const cut = await findCut(fetch)
  if (request.deepen) {
    yield Buffer.concat([...describeCut(cut), FLUSH])
  }
  const acknowledged = yield* negotiate(packets, common, acknowledgement(capabilities))
  if (acknowledged) yield* sendPack(fetch, cut, styleOf(capabilities))
}

/** Where the history is cut for a fetch. */
export async function findCut({ repository, graph, pacer, request }: Fetch): Promise<HistoryCut> {
  const { deepen } = request
  if (deepen === null) return keepCut(request.shallow)
  const peeled = [...request.wants].map((oid) => repository.objects.peel(oid))
  const tips = peeled.filter(({ type }) => type === 'commit').map(({ oid }) => oid)
  return cutHistory(graph, tips, request.shallow, deepen, pacer)
}

/** The lines that tell a client where its history will be cut. */
export function* describeCut({ added, reopened }: HistoryCut): Generator<Buffer> {
  for (const oid of added) yield encodeLine(`shallow ${oid}`)
  for (const oid of reopened) yield encodeLine(`unshallow ${oid}`)
}

async function readWants(packets: PacketStream, request: FetchRequest): Promise<Capabilities> {
  const pacer = new Pacer()
  let capabilities: Capabilities | null = null
  let packet = await packets.read()
  while (packet instanceof Buffer) {
    const line = textOf(packet)
    if (!request.take(line)) {
      const chosen = takeWant(line, request)
      // Only the first want carries capabilities.
      capabilities ??= parseCapabilities(chosen)
    }
    if (pacer.isDue) await pacer.rest()
    packet = packets.ready() ?? (await packets.read())
  }
  if (capabilities?.has('deepen-relative')) request.countFromShallow()
  return capabilities ?? new Map()
}

/** Answers what follows the id. */
function takeWant(line: string, request: FetchRequest): string {
  if (!line.startsWith('want '))
    throw new WireError(`git upload-pack: protocol error, expected to get oid, not '${line}'`)
  const space = line.indexOf(' ', 'want '.length)
  request.want(line.slice('want '.length, space < 0 ? undefined : space))
  return space < 0 ? '' : line.slice(space + 1)
}

interface Acknowledgement {
  /** `detailed`: every common object, and when it is enough. `continue`: every common object. `once`: the first. */
  readonly kind: 'detailed' | 'continue' | 'once'
  /** The pack may follow without a `done`. */
  readonly noDone: boolean
}

function acknowledgement(capabilities: Capabilities): Acknowledgement {
  const noDone = capabilities.has('no-done')
  if (capabilities.has('multi_ack_detailed')) return { kind: 'detailed', noDone }
  return { kind: capabilities.has('multi_ack') ? 'continue' : 'once', noDone }
}

/** Answers the haves of one request. Returns whether the pack follows. */
async function* negotiate(
  packets: PacketStream,
  common: CommonGround,
  { kind, noDone }: Acknowledgement,
): AsyncGenerator<Buffer, boolean> {
  let last: Oid | null = null
  let isReady = false
  let missesSome = false
  let isFirst = true
  for (;;) {
    const packet = packets.ready() ?? (await packets.read())
    // A request that ends before the haves is only about where the history will be cut.
    if (packet === null && isFirst) return false
    isFirst = false
    if (!(packet instanceof Buffer)) {
      // The client has said all that it will say in this request.
      if (kind === 'detailed' && last !== null && !missesSome && (await common.isEnough())) {
        isReady = true
        yield encodeLine(`ACK ${last} ready`)
      }
      if (last === null || kind !== 'once') yield encodeLine('NAK')
      if (!noDone || !isReady || last === null) return false
      yield encodeLine(`ACK ${last}`)
      return true
    }
    const line = textOf(packet)
    if (line === 'done') {
      if (last === null) yield encodeLine('NAK')
      else if (kind !== 'once') yield encodeLine(`ACK ${last}`)
      return true
    }
    if (!line.startsWith('have ')) throw new WireError(`git upload-pack: expected SHA1 list, got '${line}'`)
    const oid = parseOid(line.slice('have '.length), 'have')
    if (common.add(oid)) {
      if (kind !== 'once') yield encodeLine(`ACK ${oid} ${kind === 'detailed' ? 'common' : 'continue'}`)
      else if (last === null) yield encodeLine(`ACK ${oid}`)
      last = oid
      continue
    }
    missesSome = true
    if (kind === 'once' || !(await common.isEnough())) continue
    // Whatever else the client has is of no use: an acknowledgement of something unknown makes it stop going back there.
    isReady ||= kind === 'detailed'
    yield encodeLine(`ACK ${oid} ${kind === 'detailed' ? 'ready' : 'continue'}`)
  }
}

function styleOf(capabilities: Capabilities): PackStyle {
  const narrow = capabilities.has('side-band') ? NARROW : null
  return {
    sideBand: capabilities.has('side-band-64k') ? WIDE : narrow,
    isQuiet: capabilities.has('no-progress'),
    includeTag: capabilities.has('include-tag'),
  }
}
