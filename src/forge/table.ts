export type Key = number | string

/**
 * Finds entries of a list by any of their keys without looking at all of them; of several with one key the first counts. The
 * list must not change: its table is made when it is first asked for, and kept as long as the list.
 */
export function tabulate<Entry>(
  keysOf: (entry: Entry) => readonly Key[],
): (list: readonly Entry[], key: Key) => Entry | undefined {
  const tables = new WeakMap<readonly Entry[], ReadonlyMap<Key, Entry>>()
  return (list, key) => {
    let table = tables.get(list)
    if (!table) {
      table = tableOf(list, keysOf)
      tables.set(list, table)
    }
    return table.get(key)
  }
}

function tableOf<Entry>(
  list: readonly Entry[],
  keysOf: (entry: Entry) => readonly Key[],
): ReadonlyMap<Key, Entry> {
  const table = new Map<Key, Entry>()
  for (const entry of list) {
    for (const key of keysOf(entry)) {
      if (!table.has(key)) table.set(key, entry)
    }
  }
  return table
}
