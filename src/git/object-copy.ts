import type { Oid } from './model.ts'
import type { ObjectStore } from './object-store.ts'

/**
 * Copies an object and all that it leads to from one store to another. What the other store has already is taken to be
 * complete there. Commits of submodules are not followed.
 */
export function copyObjects(from: ObjectStore, to: ObjectStore, start: Oid): void {
  const waiting = [start]
  const seen = new Set<Oid>()
  for (let oid = waiting.pop(); oid !== undefined; oid = waiting.pop()) {
    if (seen.has(oid) || to.has(oid)) continue
    seen.add(oid)
    for (const next of linksOf(from, oid)) waiting.push(next)
  }
  // All at once and at the end: a store never holds an object without what it leads to.
  to.adopt(readAll(from, seen))
}

function* readAll(from: ObjectStore, oids: Iterable<Oid>) {
  for (const oid of oids) {
    const object = from.read(oid)
    if (object) yield { oid, ...object }
  }
}

function linksOf(from: ObjectStore, oid: Oid): Oid[] {
  const { type } = from.read(oid) ?? {}
  if (type === 'tag') return [from.tag(oid).object]
  if (type === 'tree') return treeLinks(from, oid)
  if (type !== 'commit') return []
  const { tree, parents } = from.commit(oid)
  return [tree, ...parents]
}

function treeLinks(from: ObjectStore, oid: Oid): Oid[] {
  const entries = from.tree(oid)
  return entries.filter(({ mode }) => mode !== '160000').map((entry) => entry.oid)
}
