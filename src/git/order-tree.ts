import { type Edit, insertInto, removeFrom, splitNode } from './order-edit.ts'
import { buildNodes, joinNodes, maxKeys, OrderNode, ownNode } from './order-node.ts'
import { type Compare, childFor, leafAt, lowerBound } from './order-search.ts'
import { walk, walkBackwards } from './order-walk.ts'

/**
 * An ordered collection that knows the position of each value (a counted B+ tree) and forks in constant time: after a
 * fork both sides copy what they change, so neither sees the other's writes.
 *
 * `Key` is what the comparison looks at. It may be less than a whole value, so that a value can be found by, say, its name.
 */
export class OrderTree<Key, Value extends Key = Key> {
  #edit: Edit<Key>
  #root: OrderNode<Value>

  constructor(compare: Compare<Key>) {
    this.#edit = { owner: {}, compare }
    this.#root = new OrderNode<Value>(this.#edit.owner, [], null, 0)
  }

  /** A tree of values that are strictly ascending under `compare`, which is not checked. */
  static from<Key, Value extends Key = Key>(
    sorted: readonly Value[],
    compare: Compare<Key>,
  ): OrderTree<Key, Value> {
    const tree = new OrderTree<Key, Value>(compare)
    tree.#root = buildNodes(sorted, tree.#edit.owner)
    return tree
  }

  get size(): number {
    return this.#root.size
  }

  /** An independent tree with the same values, in constant time. */
  fork(): OrderTree<Key, Value> {
    const twin = new OrderTree<Key, Value>(this.#edit.compare)
    twin.#root = this.#shareRoot()
    return twin
  }

  find(key: Key): Value | undefined {
    let node = this.#root
    while (node.children) node = node.children[childFor(node, key, this.#edit.compare)]!
    const at = lowerBound(node, key, this.#edit.compare)
    const found = node.keys[at]
    return found !== undefined && this.#edit.compare(found, key) === 0 ? found : undefined
  }

  /** The value at a position, undefined outside the tree. */
  at(index: number): Value | undefined {
    if (index < 0 || index >= this.size) return undefined
    const [leaf, offset] = leafAt(this.#root, index)
    return leaf.keys[offset]
  }

  /** How many values come before `key`, whether or not it is here itself. */
  rank(key: Key): number {
    let node = this.#root
    let before = 0
    while (node.children) {
      const child = childFor(node, key, this.#edit.compare)
      for (let i = 0; i < child; i++) before += node.children[i]!.size
      node = node.children[child]!
    }
    return before + lowerBound(node, key, this.#edit.compare)
  }

  /** Adds a value, or puts it in the place of its equal, which is answered. */
  insert(value: Value): Value | undefined {
    const root = ownNode(this.#root, this.#edit.owner)
    const replaced = insertInto(root, value, this.#edit)
    const overfull = root.keys.length > maxKeys
    this.#root = overfull ? joinNodes([root, splitNode(root, this.#edit.owner)], this.#edit.owner) : root
    return replaced
  }

  /** Takes the value that equals `key` out and answers it, undefined when there is none. */
  remove(key: Key): Value | undefined {
    const root = ownNode(this.#root, this.#edit.owner)
    const removed = removeFrom(root, key, this.#edit)
    this.#root = root.children?.length === 1 ? root.children[0]! : root
    return removed
  }

  /** Up to `limit` values from position `offset` on. */
  slice(offset: number, limit: number): Value[] {
    const found: Value[] = []
    const start = Math.max(0, offset)
    const stop = Math.min(this.size, start + limit)
    for (let index = start; index < stop; ) {
      const [leaf, from] = leafAt(this.#root, index)
      const to = Math.min(leaf.keys.length, from + stop - index)
      for (let i = from; i < to; i++) found.push(leaf.keys[i]!)
      index += to - from
    }
    return found
  }

  /** As `slice`, of the same values in reverse order. */
  sliceBackwards(offset: number, limit: number): Value[] {
    const stop = this.size - Math.max(0, offset)
    const start = Math.max(0, stop - limit)
    return this.slice(start, stop - start).reverse()
  }

  /** All values in order, as they are at the time of the call: later writes do not show. */
  values(): IterableIterator<Value> {
    return walk(this.#shareRoot(), 0)
  }

  /** As `values`, in reverse order. */
  valuesBackwards(): IterableIterator<Value> {
    return walkBackwards(this.#shareRoot())
  }

  /** As `values`, leaving out what comes before `key`. */
  from(key: Key): IterableIterator<Value> {
    return walk(this.#shareRoot(), this.rank(key))
  }

  /** Gives the present nodes away: with a new edit token this tree, too, copies them before changing them. */
  #shareRoot(): OrderNode<Value> {
    this.#edit = { owner: {}, compare: this.#edit.compare }
    return this.#root
  }
}
