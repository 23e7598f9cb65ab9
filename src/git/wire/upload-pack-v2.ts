/**
 * upload-pack, protocol 2. The answer to `fetch` is made of sections, each with a heading, a delim between them and a flush
 * at the end; which of them come depends on what the client said:
 *
 *     acknowledgments   without `done`: NAK, or an ACK for each common object; `ready` when that is enough, and only
 *                       then do the following sections come in the same answer
 *     shallow-info      when the client asked to deepen: where its history will be cut
 *     wanted-refs       what the refs hold that it wanted by name
 *     packfile          the pack, always over side-band-64k
 *
 * https://git-scm.com/docs/gitprotocol-v2#_fetch
 */
import type { Repository } from '../repository.ts'
import { type Command, readCommand } from './command-request.ts'
import { CommonGround } from './common-ground.ts'
import { FetchRequest, parseOid } from './fetch-request.ts'
import { listRefs } from './ls-refs.ts'
import { describeObjects } from './object-info.ts'
import { CommitGraph } from './object-links.ts'
import { Pacer } from './pacer.ts'
import { type Fetch, sendPack } from './pack-section.ts'
import type { PacketStream } from './packet-stream.ts'
import { DELIM, encodeLine, FLUSH } from './pkt-line.ts'
import { WIDE } from './side-band.ts'
import { describeCut, findCut } from './upload-pack.ts'
import { WireError } from './wire-error.ts'

/** The answer to one request, whatever its command. Throws WireError before the first chunk. */
export async function* serveCommand(repository: Repository, packets: PacketStream): AsyncGenerator<Buffer> {
  const command = await readCommand(packets)
  if (command?.name === 'ls-refs') yield* listRefs(repository, command.lines)
  if (command?.name === 'object-info') yield* describeObjects(repository, command.lines)
  if (command?.name === 'fetch') yield* fetchObjects(repository, command)
}

interface Wishes {
  isDone: boolean
  /** Never `ready` before the client is `done`. */
  waitsForDone: boolean
  isQuiet: boolean
  includeTag: boolean
}

async function* fetchObjects(repository: Repository, { lines }: Command): AsyncGenerator<Buffer> {
  const request = new FetchRequest(repository)
  const graph = new CommitGraph(repository.objects)
  const pacer = new Pacer()
  const common = new CommonGround(repository.objects, graph, request.wants, pacer)
  const fetch: Fetch = { repository, graph, pacer, request, common }
  const { wishes, hasAsked } = await readArguments(lines, fetch)
  if (request.wants.size === 0 && !wishes.waitsForDone) return
  if (hasAsked && !wishes.isDone) {
    const isReady = !wishes.waitsForDone && (await common.isEnough())
    yield Buffer.concat([...acknowledge(common, isReady), isReady ? DELIM : FLUSH])
    if (!isReady) return
  }
  const cut = await findCut(fetch)
  if (request.deepen) yield Buffer.concat([encodeLine('shallow-info'), ...describeCut(cut), DELIM])
  if (request.wantedRefs.size > 0) yield Buffer.concat([...listWantedRefs(request), DELIM])
  yield encodeLine('packfile')
  yield* sendPack(fetch, cut, { sideBand: WIDE, isQuiet: wishes.isQuiet, includeTag: wishes.includeTag })
}

function* acknowledge({ haves }: CommonGround, isReady: boolean): Generator<Buffer> {
  yield encodeLine('acknowledgments')
  if (haves.size === 0) yield encodeLine('NAK')
  for (const oid of haves) yield encodeLine(`ACK ${oid}`)
  if (isReady) yield encodeLine('ready')
}

function* listWantedRefs({ wantedRefs }: FetchRequest): Generator<Buffer> {
  yield encodeLine('wanted-refs')
  for (const [ref, oid] of wantedRefs) yield encodeLine(`${oid} ${ref}`)
}

/** `hasAsked`: whether the client named anything that it has, known here or not. */
async function readArguments(
  lines: AsyncIterable<readonly string[]>,
  { request, common }: Fetch,
): Promise<{ wishes: Wishes; hasAsked: boolean }> {
  const wishes: Wishes = { isDone: false, waitsForDone: false, isQuiet: false, includeTag: false }
  let hasAsked = false
  for await (const some of lines) {
    for (const line of some) {
      if (line.startsWith('have ')) {
        common.add(parseOid(line.slice('have '.length), 'have'))
        hasAsked = true
      } else if (line.startsWith('want ')) request.want(line.slice('want '.length))
      else if (line.startsWith('want-ref ')) request.wantRef(line.slice('want-ref '.length))
      else if (!request.take(line) && !takeWish(line, wishes, request)) {
        throw new WireError(`unexpected line: '${line}'`)
      }
    }
  }
  return { wishes, hasAsked }
}

function takeWish(line: string, wishes: Wishes, request: FetchRequest): boolean {
  switch (line) {
    case 'done':
      wishes.isDone = true
      return true
    case 'wait-for-done':
      wishes.waitsForDone = true
      return true
    case 'no-progress':
      wishes.isQuiet = true
      return true
    case 'include-tag':
      wishes.includeTag = true
      return true
    case 'deepen-relative':
      request.countFromShallow()
      return true
    // Leave given, not orders: a pack of whole objects fits them all.
    case 'thin-pack':
    case 'ofs-delta':
      return true
    default:
      return false
  }
}
