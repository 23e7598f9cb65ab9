import { fail } from '../../failure.ts'
import type { ObjectType, Oid, RefFacts } from '../model.ts'
import { peekObject } from '../object-source.ts'
import type { ObjectStore } from '../object-store.ts'
import { isNested } from '../peeling.ts'
import type { RefTable } from '../ref-table.ts'
import { type CommitSelection, selectCommits } from './commit-selection.ts'
import type { ObjectFilter } from './object-filter.ts'
import { type CommitGraph, readTagLink } from './object-links.ts'
import type { Pacer } from './pacer.ts'
import { peeledTag } from './ref-list.ts'
import type { HistoryCut } from './shallow-history.ts'
import { TreeSelection } from './tree-selection.ts'

export interface ObjectRequest {
  /** Objects of any type, all of them in the store. */
  readonly wants: Iterable<Oid>
  /** Objects of any type that the client has with everything below them, all of them in the store. */
  readonly haves: Iterable<Oid>
  readonly cut: HistoryCut
  readonly filter: ObjectFilter
  /** Adds every tag object that leads to something that is sent; null does not. */
  readonly tags: RefTable | null
  /** Where many of the wants may be known from, so that they need not be read. */
  readonly refs?: RefTable
}

/** From so many wants on it pays to look at what is known of all refs. */
const MANY = 1000

/** Objects sorted by type; commits are those that they are. */
interface Sorted {
  readonly commits: Oid[]
  /** In the order in which they were met. */
  readonly tags: Set<Oid>
  readonly trees: Oid[]
  readonly blobs: Oid[]
}

/**
 * The objects to send, in the order in which they are to stand in the pack: commits, tags, trees, blobs.
 * Throws `object-missing` or `object-corrupt` when the repository is not whole.
 */
export async function selectObjects(
  objects: ObjectStore,
  graph: CommitGraph,
  request: ObjectRequest,
  pacer: Pacer,
): Promise<Oid[]> {
  const known = await knownTargets(request, pacer)
  const wants = await sortByType(objects, request.wants, pacer, known)
  const haves = await sortByType(objects, request.haves, pacer)
  const { cut } = request
  const selection = await selectCommits(
    graph,
    {
      wants: [...wants.commits, ...cut.reopened.flatMap((oid) => graph.commit(oid).parents)],
      haves: [...haves.commits, ...cut.reopened],
      sendCut: cut.send,
      haveCut: cut.have,
    },
    pacer,
  )
  const contents = new TreeSelection(objects, request.filter, pacer)
  await excludeHeld(contents, graph, haves, selection, cut)
  for (const oid of wants.trees) await contents.add({ oid, isTree: true }, true)
  for (const oid of wants.blobs) await contents.add({ oid, isTree: false }, true)
  for (const { tree } of selection.commits) await contents.add({ oid: tree, isTree: true })
  for (const oid of haves.tags) wants.tags.delete(oid)
  const commits = selection.commits.map(({ oid }) => oid)
  const sent = [commits, contents.trees, contents.blobs]
  if (request.tags) await includeTags(objects, request.tags, new Set(sent.flat()), wants.tags, pacer)
  return [...commits, ...wants.tags, ...contents.trees, ...contents.blobs]
}

/** Follows tag objects to what they mark, taking them along. */
async function sortByType(
  objects: ObjectStore,
  oids: Iterable<Oid>,
  pacer: Pacer,
  known?: ReadonlyMap<Oid, RefFacts>,
): Promise<Sorted> {
  const sorted: Sorted = { commits: [], tags: new Set(), trees: [], blobs: [] }
  for (const start of oids) {
    if (pacer.isDue) await pacer.rest()
    const facts = known?.get(start)
    if (facts) {
      sorted.tags.add(start)
      putAway(sorted, facts.peeled, facts.peeledType)
      continue
    }
    for (const { oid, type } of chainFrom(objects, start)) putAway(sorted, oid, type)
  }
  return sorted
}

function putAway(sorted: Sorted, oid: Oid, type: ObjectType): void {
  if (type === 'tag') sorted.tags.add(oid)
  else if (type === 'commit') sorted.commits.push(oid)
  else if (type === 'tree') sorted.trees.push(oid)
  else sorted.blobs.push(oid)
}

/** The tag objects among the targets of refs that lead straight to something else, with what they lead to. */
async function knownTargets(
  { wants, refs }: ObjectRequest,
  pacer: Pacer,
): Promise<ReadonlyMap<Oid, RefFacts> | undefined> {
  if (!refs || !(wants instanceof Set) || wants.size < MANY) return undefined
  const known = new Map<Oid, RefFacts>()
  for (const entry of refs.entries('name', 'asc')) {
    if (pacer.isDue) await pacer.rest()
    if (peeledTag(entry) !== null && !isNested(entry.facts)) known.set(entry.target, entry.facts)
  }
  return known
}

/** An object, and if it is a tag object all that it leads to, one after the other. */
function* chainFrom(objects: ObjectStore, start: Oid): Generator<{ oid: Oid; type: ObjectType }> {
  for (let oid = start; ; ) {
    const type = objects.typeOf(oid) ?? fail('object-missing', { oid })
    yield { oid, type }
    if (type !== 'tag') return
    oid = readTagLink(oid, peekObject(objects, oid).data).oid
  }
}

async function excludeHeld(
  contents: TreeSelection,
  graph: CommitGraph,
  haves: Sorted,
  { commits, edges }: CommitSelection,
  cut: HistoryCut,
): Promise<void> {
  for (const oid of haves.trees) await contents.exclude({ oid, isTree: true })
  for (const oid of haves.blobs) await contents.exclude({ oid, isTree: false })
  if (commits.length === 0) return
  for (const oid of edges) await contents.exclude({ oid: graph.commit(oid).tree, isTree: true })
  // Where histories are cut, what is sent may touch nowhere upon what is there, and yet be much the same.
  const neighbours = cut.isShallow ? [...haves.commits, ...cut.reopened] : []
  for (const oid of neighbours) await contents.exclude({ oid: graph.commit(oid).tree, isTree: true })
}

async function includeTags(
  objects: ObjectStore,
  tags: RefTable,
  sent: ReadonlySet<Oid>,
  included: Set<Oid>,
  pacer: Pacer,
): Promise<void> {
  if (sent.size === 0) return
  for (const entry of tags.entries('name', 'asc')) {
    if (pacer.isDue) await pacer.rest()
    const peeled = peeledTag(entry)
    if (peeled === null || !sent.has(peeled)) continue
    for (const { oid, type } of chainFrom(objects, entry.target)) if (type === 'tag') included.add(oid)
  }
}
