/**
 * Negotiation: the client lists what it has, newest first and some at a time, until the server has heard enough. It has when
 * everything wanted leads to something that the client has; going further would only find older common commits.
 */
import type { Oid } from '../model.ts'
import type { ObjectStore } from '../object-store.ts'
import type { CommitGraph } from './object-links.ts'
import type { Pacer } from './pacer.ts'

export class CommonGround {
  /** What both sides have, in the order in which the client named it. */
  readonly haves = new Set<Oid>()
  readonly #objects: ObjectStore
  readonly #graph: CommitGraph
  readonly #pacer: Pacer
  readonly #wants: ReadonlySet<Oid>
  readonly #commits = new Set<Oid>()
  #oldest = Number.POSITIVE_INFINITY
  /** How many commits were common when it was last found out that they are not enough. */
  #tooFew = 0
  #isEnough = false

  constructor(objects: ObjectStore, graph: CommitGraph, wants: ReadonlySet<Oid>, pacer: Pacer) {
    this.#objects = objects
    this.#graph = graph
    this.#wants = wants
    this.#pacer = pacer
  }

  /** Takes note of something that the client has; answers whether it is here, too. */
  add(oid: Oid): boolean {
    if (!this.#objects.has(oid)) return false
    if (this.haves.has(oid)) return true
    this.haves.add(oid)
    const { oid: peeled, type } = this.#objects.peel(oid)
    if (type !== 'commit') return true
    this.#commits.add(peeled)
    this.#oldest = Math.min(this.#oldest, this.#graph.commit(peeled).committer.time)
    return true
  }

  /** Whether enough is known to make a small pack. */
  async isEnough(): Promise<boolean> {
    if (!this.#isEnough && this.#commits.size > this.#tooFew) {
      this.#isEnough = await this.#reachesAll()
      this.#tooFew = this.#commits.size
    }
    return this.#isEnough
  }

  async #reachesAll(): Promise<boolean> {
    const dead = new Set<Oid>()
    const alive = new Set(this.#commits)
    for (const want of this.#wants) {
      if (this.#pacer.isDue) await this.#pacer.rest()
      const { oid, type } = this.#objects.peel(want)
      // Of trees and blobs nobody can say.
      if (type === 'commit' && !(await this.#leadsTo(oid, alive, dead))) return false
    }
    return true
  }

  /** Looks for a way to anything in `alive`. What lies on the way is added to it, what leads nowhere to `dead`. */
  async #leadsTo(start: Oid, alive: Set<Oid>, dead: Set<Oid>): Promise<boolean> {
    const path = [start]
    for (let oid = path.at(-1); oid !== undefined; oid = path.at(-1)) {
      if (this.#pacer.isDue) await this.#pacer.rest()
      if (alive.has(oid)) {
        for (const passed of path) alive.add(passed)
        return true
      }
      const { parents, committer } = this.#graph.commit(oid)
      // What is older than everything common cannot lead there, unless a clock was wrong: then a few more commits are sent.
      const next = committer.time < this.#oldest ? undefined : parents.find((parent) => !dead.has(parent))
      if (next !== undefined) path.push(next)
      else dead.add(path.pop()!)
    }
    return false
  }
}
