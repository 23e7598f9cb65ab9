import type { OrderNode } from './order-node.ts'

/** A total order: two values for which it answers 0 are one and the same to the tree. */
export type Compare<Key> = (a: Key, b: Key) => number

/** The index of the one child that may hold `key`: the last that does not begin after it. */
export function childFor<Key, Value extends Key>(
  branch: OrderNode<Value>,
  key: Key,
  compare: Compare<Key>,
): number {
  let low = 0
  let high = branch.keys.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (compare(branch.keys[middle]!, key) <= 0) low = middle
    else high = middle - 1
  }
  return low
}

/** The first index in a leaf whose value is not before `key`. */
export function lowerBound<Key, Value extends Key>(
  leaf: OrderNode<Value>,
  key: Key,
  compare: Compare<Key>,
): number {
  let low = 0
  let high = leaf.keys.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (compare(leaf.keys[middle]!, key) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** The leaf that holds the value at a position inside the tree, and where in it. */
export function leafAt<Value>(
  root: OrderNode<Value>,
  index: number,
): [leaf: OrderNode<Value>, offset: number] {
  let node = root
  let offset = index
  while (node.children) {
    let child = 0
    while (offset >= node.children[child]!.size) offset -= node.children[child++]!.size
    node = node.children[child]!
  }
  return [node, offset]
}
