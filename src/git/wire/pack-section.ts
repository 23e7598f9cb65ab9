import type { Repository } from '../repository.ts'
import type { CommonGround } from './common-ground.ts'
import type { FetchRequest } from './fetch-request.ts'
import type { CommitGraph } from './object-links.ts'
import { selectObjects } from './object-selection.ts'
import type { Pacer } from './pacer.ts'
import { writePack } from './pack-writer.ts'
import { FLUSH } from './pkt-line.ts'
import type { HistoryCut } from './shallow-history.ts'
import { DATA, encodeSideBand, FATAL, PROGRESS } from './side-band.ts'

/** One fetch, as far as it has been understood. */
export interface Fetch {
  readonly repository: Repository
  readonly graph: CommitGraph
  readonly pacer: Pacer
  readonly request: FetchRequest
  readonly common: CommonGround
}

export interface PackStyle {
  /** Largest side-band packet, bytes; null sends the bare pack. */
  readonly sideBand: number | null
  readonly isQuiet: boolean
  /** Adds tag objects that lead to what is sent. */
  readonly includeTag: boolean
}

/** The pack that answers a fetch, and what goes around it. Failures after its first byte are told over the side-band. */
export async function* sendPack(fetch: Fetch, cut: HistoryCut, style: PackStyle): AsyncGenerator<Buffer> {
  const { sideBand } = style
  const { repository, graph, pacer, request, common } = fetch
  const oids = await selectObjects(
    repository.objects,
    graph,
    {
      wants: request.wants,
      haves: common.haves,
      cut,
      filter: request.filter,
      tags: style.includeTag ? repository.tags : null,
      refs: repository.tags,
    },
    pacer,
  )
  const pack = writePack(repository.objects, oids)
  if (sideBand === null) {
    yield* pack
    return
  }
  if (!style.isQuiet)
    yield* encodeSideBand(PROGRESS, `Enumerating objects: ${oids.length}, done.\n`, sideBand)
  try {
    for await (const chunk of pack) yield Buffer.concat([...encodeSideBand(DATA, chunk, sideBand)])
  } catch (error) {
    yield* encodeSideBand(FATAL, 'the repository is damaged', sideBand)
    throw error
  }
  yield FLUSH
}
