/**
 * Shallow clones have histories that are cut off: at some commits they hold no parents. The client names these (`shallow
 * <oid>`), and may ask for its history to be cut elsewhere: so many commits deep, after a date, or not what a ref leads to.
 * The answer to that is where it will be cut from now on (`shallow`), and where no longer (`unshallow`).
 */
import type { Oid } from '../model.ts'
import type { CommitGraph, CommitLinks } from './object-links.ts'
import type { Pacer } from './pacer.ts'
import { WireError } from './wire-error.ts'

/** How a client wants its history to be cut. */
export interface DeepenRequest {
  /** Commits of history to have; null leaves it as it is. */
  readonly depth: number | null
  /** Counts the depth from where the history is cut now. */
  readonly isRelative: boolean
  /** Nothing older, seconds since the epoch. */
  readonly since: number | null
  /** Nothing that these commits lead to. */
  readonly not: readonly Oid[]
}

/** Where the histories of both sides end for one fetch. */
export interface HistoryCut {
  /** Whether anything is cut at all. */
  readonly isShallow: boolean
  /** Commits that are sent without their parents. */
  readonly send: ReadonlySet<Oid>
  /** Commits that the client has without their parents. */
  readonly have: ReadonlySet<Oid>
  /** Those of them whose parents it is to get now. */
  readonly reopened: readonly Oid[]
  /** Commits at which the client's history will be cut and is not yet. */
  readonly added: readonly Oid[]
}

/** What `--unshallow` asks for. */
const ENDLESS = 0x7fffffff

export const UNCUT: HistoryCut = {
  isShallow: false,
  send: new Set(),
  have: new Set(),
  reopened: [],
  added: [],
}

/** Where the history is cut when nothing about that is asked. */
export function keepCut(shallow: ReadonlySet<Oid>): HistoryCut {
  if (shallow.size === 0) return UNCUT
  return { isShallow: true, send: shallow, have: shallow, reopened: [], added: [] }
}

/** The history as it is wanted. Throws WireError when nothing would be left of it. */
export async function cutHistory(
  graph: CommitGraph,
  wants: readonly Oid[],
  shallow: ReadonlySet<Oid>,
  request: DeepenRequest,
  pacer: Pacer,
): Promise<HistoryCut> {
  const { kept, ends } = await findEnds(graph, wants, shallow, request, pacer)
  const reopened = [...shallow].filter((oid) => kept.has(oid) && !ends.has(oid))
  const open = new Set(reopened)
  const send = new Set([...ends, ...[...shallow].filter((oid) => !open.has(oid))])
  const added = [...ends].filter((oid) => !shallow.has(oid))
  return { isShallow: true, send, have: shallow, reopened, added }
}

/** The commits that are kept, and those among them that lose their parents. */
interface Ends {
  readonly kept: ReadonlySet<Oid>
  readonly ends: ReadonlySet<Oid>
}

async function findEnds(
  graph: CommitGraph,
  wants: readonly Oid[],
  shallow: ReadonlySet<Oid>,
  request: DeepenRequest,
  pacer: Pacer,
): Promise<Ends> {
  const { depth, isRelative, since, not } = request
  if (depth === null) return endByRule(graph, wants, since ?? Number.NEGATIVE_INFINITY, not, pacer)
  if (depth >= ENDLESS) return { kept: shallow, ends: new Set() }
  if (!isRelative) return endByDepth(graph, wants, depth, pacer)
  const reachable = await reachFrom(graph, wants, () => true, pacer)
  return endByDepth(
    graph,
    [...shallow].filter((oid) => reachable.has(oid)),
    depth + 1,
    pacer,
  )
}

/** Level by level, so that of several ways to a commit the shortest counts. */
async function endByDepth(
  graph: CommitGraph,
  tips: readonly Oid[],
  depth: number,
  pacer: Pacer,
): Promise<Ends> {
  const kept = new Set<Oid>(tips)
  let level = [...kept]
  for (let distance = 1; distance < depth && level.length > 0; distance += 1) {
    const next: Oid[] = []
    for (const oid of level) {
      if (pacer.isDue) await pacer.rest()
      for (const parent of graph.commit(oid).parents) {
        if (kept.has(parent)) continue
        kept.add(parent)
        next.push(parent)
      }
    }
    level = next
  }
  // git counts a root commit that lies just so deep among them, too.
  return { kept, ends: new Set(level) }
}

async function endByRule(
  graph: CommitGraph,
  wants: readonly Oid[],
  since: number,
  not: readonly Oid[],
  pacer: Pacer,
): Promise<Ends> {
  const left = await reachFrom(graph, not, () => true, pacer)
  const isKept = ({ oid, committer }: CommitLinks) => committer.time >= since && !left.has(oid)
  const kept = await reachFrom(graph, wants, isKept, pacer)
  if (kept.size === 0) throw new WireError('no commits selected for shallow requests')
  const ends = [...kept].filter((oid) => graph.commit(oid).parents.some((parent) => !kept.has(parent)))
  return { kept, ends: new Set(ends) }
}

/** The commits that pass, and those behind them as long as they pass. */
async function reachFrom(
  graph: CommitGraph,
  tips: readonly Oid[],
  passes: (commit: CommitLinks) => boolean,
  pacer: Pacer,
): Promise<Set<Oid>> {
  const reached = new Set<Oid>()
  const waiting = [...tips]
  for (let oid = waiting.pop(); oid !== undefined; oid = waiting.pop()) {
    if (pacer.isDue) await pacer.rest()
    if (reached.has(oid)) continue
    const commit = graph.commit(oid)
    if (!passes(commit)) continue
    reached.add(oid)
    waiting.push(...commit.parents)
  }
  return reached
}
