import { maxKeys, minKeys, OrderNode, ownNode, sizeOf } from './order-node.ts'
import { type Compare, childFor, lowerBound } from './order-search.ts'

/** The right to change nodes: those of `owner` in place, all others by copying them. */
export interface Edit<Key> {
  readonly owner: object
  readonly compare: Compare<Key>
}

/** Adds a value below an owned node, or puts it in the place of its equal, which is answered. The node may end up overfull. */
export function insertInto<Key, Value extends Key>(
  node: OrderNode<Value>,
  value: Value,
  edit: Edit<Key>,
): Value | undefined {
  if (!node.children) return insertIntoLeaf(node, value, edit)
  const index = childFor(node, value, edit.compare)
  const child = ownNode(node.children[index]!, edit.owner)
  node.children[index] = child
  const replaced = insertInto(child, value, edit)
  if (replaced === undefined) node.size++
  if (child.keys.length <= maxKeys) return replaced

  const right = splitNode(child, edit.owner)
  insertAt(node.keys, index + 1, right.keys[0]!)
  insertAt(node.children, index + 1, right)
  return replaced
}

function insertIntoLeaf<Key, Value extends Key>(
  leaf: OrderNode<Value>,
  value: Value,
  { compare }: Edit<Key>,
): Value | undefined {
  const at = lowerBound(leaf, value, compare)
  const equal = leaf.keys[at]
  if (equal !== undefined && compare(equal, value) === 0) {
    leaf.keys[at] = value
    return equal
  }
  // Memory of exactly its size: most leaves that are copied after a fork are written to once.
  leaf.keys = leaf.keys.toSpliced(at, 0, value)
  leaf.size++
  return undefined
}

/** Takes the value that equals `key` out from below an owned node and answers it. The node may end up with too few keys. */
export function removeFrom<Key, Value extends Key>(
  node: OrderNode<Value>,
  key: Key,
  edit: Edit<Key>,
): Value | undefined {
  if (!node.children) return removeFromLeaf(node, key, edit)
  const index = childFor(node, key, edit.compare)
  const child = ownNode(node.children[index]!, edit.owner)
  node.children[index] = child
  const removed = removeFrom(child, key, edit)
  if (removed !== undefined) node.size--
  if (child.keys.length < minKeys) refillChild(node, index, edit.owner)
  return removed
}

function removeFromLeaf<Key, Value extends Key>(
  leaf: OrderNode<Value>,
  key: Key,
  { compare }: Edit<Key>,
): Value | undefined {
  const at = lowerBound(leaf, key, compare)
  const found = leaf.keys[at]
  if (found === undefined || compare(found, key) !== 0) return undefined
  leaf.keys.splice(at, 1)
  leaf.size--
  return found
}

/** Cuts an overfull node, which `owner` may change, in two and answers the new right half. */
export function splitNode<Value>(node: OrderNode<Value>, owner: object): OrderNode<Value> {
  const half = node.keys.length >> 1
  const keys = node.keys.slice(half)
  node.keys = node.keys.slice(0, half)
  const children = node.children?.splice(half) ?? null
  const right = new OrderNode(owner, keys, children, children ? sizeOf(children) : keys.length)
  node.size -= right.size
  return right
}

/** Joins the child at `index`, which has too few keys, with a neighbour, or evens the two out. */
function refillChild<Value>(parent: OrderNode<Value>, index: number, owner: object): void {
  const children = parent.children!
  const at = Math.max(0, index - 1)
  const left = ownNode(children[at]!, owner)
  const right = children[at + 1]!
  children[at] = left
  left.keys = left.keys.concat(right.keys)
  left.children?.push(...right.children!)
  left.size += right.size
  if (left.keys.length <= maxKeys) {
    children.splice(at + 1, 1)
    parent.keys.splice(at + 1, 1)
    return
  }
  const half = splitNode(left, owner)
  children[at + 1] = half
  parent.keys[at + 1] = half.keys[0]!
}

/** Array.prototype.splice, without the array of removed items that it makes. */
function insertAt<Item>(items: Item[], index: number, item: Item): void {
  items.push(item)
  for (let i = items.length - 1; i > index; i--) items[i] = items[i - 1]!
  items[index] = item
}
