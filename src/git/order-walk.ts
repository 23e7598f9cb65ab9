import type { OrderNode } from './order-node.ts'
import { leafAt } from './order-search.ts'

/** The values under a root that nobody changes any more, from a position on. */
export function* walk<Value>(root: OrderNode<Value>, from: number): IterableIterator<Value> {
  let index = from
  while (index < root.size) {
    const [leaf, offset] = leafAt(root, index)
    for (let i = offset; i < leaf.keys.length; i++) yield leaf.keys[i]!
    index += leaf.keys.length - offset
  }
}

/** As `walk`, of all values from the last to the first. */
export function* walkBackwards<Value>(root: OrderNode<Value>): IterableIterator<Value> {
  let index = root.size
  while (index > 0) {
    const [leaf, offset] = leafAt(root, index - 1)
    for (let i = offset; i >= 0; i--) yield leaf.keys[i]!
    index -= offset + 1
  }
}
