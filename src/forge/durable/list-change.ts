/** How a list changed whose items have keys; `all` where it is not only that items went, were replaced, or joined its end. */
export type ListChange<Item> =
  | { readonly all: readonly Item[] }
  | { readonly gone: readonly (string | number)[]; readonly put: readonly Item[] }

/** Null when nothing changed. Items are compared by identity. */
export function compareLists<Key extends string | number, Item>(
  before: ReadonlyMap<Key, Item>,
  after: ReadonlyMap<Key, Item>,
): ListChange<Item> | null {
  if (before === after) return null
  const gone = [...before.keys()].filter((key) => !after.has(key))
  const put = [...after].filter(([key, item]) => before.get(key) !== item)
  const kept = [...before.keys()].filter((key) => after.has(key))
  const expected = [...kept, ...put.filter(([key]) => !before.has(key)).map(([key]) => key)]
  if ([...after.keys()].some((key, i) => key !== expected[i])) return { all: [...after.values()] }
  return gone.length + put.length === 0 ? null : { gone, put: put.map(([, item]) => item) }
}

/** The list as it is after a change. */
export function changeList<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string | number,
  change: ListChange<Item>,
): Item[] {
  if ('all' in change) return [...change.all]
  const byKey = new Map(items.map((item) => [keyOf(item), item]))
  for (const key of change.gone) byKey.delete(key)
  for (const item of change.put) byKey.set(keyOf(item), item)
  return [...byKey.values()]
}
