import type { Oid } from '../model.ts'
import { type ObjectSource, peekObject } from '../object-source.ts'
import type { ObjectFilter } from './object-filter.ts'
import { readTreeLinks, type TreeLink } from './object-links.ts'
import type { Pacer } from './pacer.ts'

interface Place extends TreeLink {
  /** Of a root tree 0. */
  readonly depth: number
}

/** Above all depths: what the client has is never left to be sent. */
const HELD = -1

/** Gathers trees and blobs, each once, without those that the client is known to have and those that a filter keeps out. */
export class TreeSelection {
  /** In the order in which they were found. */
  readonly trees: Oid[] = []
  readonly blobs: Oid[] = []
  readonly #source: ObjectSource
  readonly #filter: ObjectFilter
  readonly #pacer: Pacer
  /** The least depth at which each was met: a filter by depth may let more through from there. */
  readonly #depths = new Map<Oid, number>()

  constructor(source: ObjectSource, filter: ObjectFilter, pacer: Pacer) {
    this.#source = source
    this.#filter = filter
    this.#pacer = pacer
  }

  /** Takes note that the client has a tree and all that is in it, or a blob. */
  async exclude({ oid, isTree }: TreeLink): Promise<void> {
    const waiting: TreeLink[] = [{ oid, isTree }]
    for (let link = waiting.pop(); link; link = waiting.pop()) {
      if (this.#pacer.isDue) await this.#pacer.rest()
      if (this.#depths.get(link.oid) === HELD) continue
      this.#depths.set(link.oid, HELD)
      // A tree that is not here leads to nothing that could be sent.
      if (link.isTree && this.#source.has(link.oid)) waiting.push(...this.#linksIn(link.oid))
    }
  }

  /**
   * Adds a tree with all that is in it, or a blob. One that was asked for by its id passes every filter.
   * Throws `object-missing`, `object-corrupt`.
   */
  async add(root: TreeLink, isAskedFor = false): Promise<void> {
    const waiting: Place[] = isAskedFor || this.#passesDepth(0) ? [{ ...root, depth: 0 }] : []
    for (let place = waiting.pop(); place; place = waiting.pop()) {
      if (this.#pacer.isDue) await this.#pacer.rest()
      const { oid, isTree, depth } = place
      const known = this.#depths.get(oid)
      if (known !== undefined && known <= depth) continue
      if (!isTree && !(isAskedFor && oid === root.oid) && !this.#passesSize(oid)) continue
      this.#depths.set(oid, depth)
      if (known === undefined) (isTree ? this.trees : this.blobs).push(oid)
      if (!isTree) continue
      // Depths are all alike where no filter asks for them: no tree is then read twice.
      const below = Number.isFinite(this.#filter.treeDepth) ? depth + 1 : depth
      if (!this.#passesDepth(below)) continue
      for (const link of this.#linksIn(oid).reverse()) {
        // Of a commit's files nearly all are those of the commit before.
        const met = this.#depths.get(link.oid)
        if (met === undefined || met > below)
          waiting.push({ oid: link.oid, isTree: link.isTree, depth: below })
      }
    }
  }

  #linksIn(tree: Oid): TreeLink[] {
    return [...readTreeLinks(tree, peekObject(this.#source, tree).data)]
  }

  #passesDepth(depth: number): boolean {
    return depth < this.#filter.treeDepth
  }

  #passesSize(blob: Oid): boolean {
    const { blobLimit } = this.#filter
    if (!Number.isFinite(blobLimit)) return true
    return blobLimit > 0 && peekObject(this.#source, blob).data.length < blobLimit
  }
}
