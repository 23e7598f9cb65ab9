/**
 * The nodes of an OrderTree. Each belongs to one edit token (`owner`); only the tree that holds the token may change the
 * node, everybody else copies it first.
 */
export class OrderNode<Value> {
  readonly owner: object
  /**
   * In a leaf the values; in a branch, for each child, a value that is not after any value in it nor before any in the
   * child to its left. The first of a branch is the one that its parent has for it, so it holds when two branches are
   * joined; only along the left edge of the tree, where it is never looked at, may it be out of date.
   */
  keys: Value[]
  readonly children: OrderNode<Value>[] | null
  /** Values in this node and below. */
  size: number

  constructor(owner: object, keys: Value[], children: OrderNode<Value>[] | null, size: number) {
    this.owner = owner
    this.keys = keys
    this.children = children
    this.size = size
  }
}

/** Small enough that copying a path after a fork is cheap, large enough that 100,000 values are four levels. */
export const maxKeys = 32
export const minKeys = 8
const comfortableKeys = 24

/** The node itself when `owner` may change it, else a copy that it may change. */
export function ownNode<Value>(node: OrderNode<Value>, owner: object): OrderNode<Value> {
  if (node.owner === owner) return node
  return new OrderNode(owner, node.keys.slice(), node.children?.slice() ?? null, node.size)
}

/** Builds a tree over values that are already in order, bottom up. */
export function buildNodes<Value>(sorted: readonly Value[], owner: object): OrderNode<Value> {
  const leaves = chunk(sorted).map((values) => new OrderNode(owner, values, null, values.length))
  let level = leaves.length > 0 ? leaves : [new OrderNode<Value>(owner, [], null, 0)]
  while (level.length > 1) level = chunk(level).map((children) => joinNodes(children, owner))
  return level[0]!
}

/** A branch over children that are in order. */
export function joinNodes<Value>(children: OrderNode<Value>[], owner: object): OrderNode<Value> {
  const keys = children.map((child) => child.keys[0]!)
  return new OrderNode(owner, keys, children, sizeOf(children))
}

/** Values in all of the nodes together. */
export function sizeOf<Value>(nodes: readonly OrderNode<Value>[]): number {
  let size = 0
  for (const node of nodes) size += node.size
  return size
}

/** Cuts a list into even pieces, none too small to be a node unless the whole list is. */
function chunk<Item>(items: readonly Item[]): Item[][] {
  const pieces =
    items.length <= maxKeys ? Math.min(1, items.length) : Math.ceil(items.length / comfortableKeys)
  return Array.from({ length: pieces }, (_, piece) =>
    items.slice(
      Math.floor((piece * items.length) / pieces),
      Math.floor(((piece + 1) * items.length) / pieces),
    ),
  )
}
