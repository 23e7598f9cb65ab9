import { fail } from '../failure.ts'
import type { Oid, TreeEntry } from './model.ts'
import { isOid } from './object-id.ts'

const SPACE = 0x20
const SLASH = 0x2f
const MODE = /^[0-7]{5,6}$/

/**
 * Reads a tree: `mode SP name NUL` and 20 bytes of id, over and over.
 *
 * Throws `object-corrupt` when an entry is cut short or its mode is not octal.
 */
export function decodeTree(oid: Oid, data: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = []
  let at = 0
  while (at < data.length) {
    const space = data.indexOf(SPACE, at)
    const nul = data.indexOf(0, at)
    if (space < 0 || nul < space || nul + 21 > data.length) {
      return fail('object-corrupt', { oid, reason: 'the tree ends within an entry' })
    }
    const mode = data.toString('latin1', at, space)
    if (!MODE.test(mode)) return fail('object-corrupt', { oid, reason: 'a tree entry has no mode' })
    entries.push({
      mode,
      name: data.toString('utf8', space + 1, nul),
      oid: data.toString('hex', nul + 1, nul + 21),
    })
    at = nul + 21
  }
  return entries
}

/**
 * Writes a tree, its entries in git's order whatever the order given: by bytes, a folder's name as if it ended in `/`.
 *
 * Throws a RangeError for an entry that no tree can hold (an empty name, a slash, a NUL, a malformed id or mode).
 */
export function encodeTree(entries: readonly TreeEntry[]): Buffer {
  const rows = entries.map((entry) => ({ key: sortKey(checkEntry(entry)), entry }))
  rows.sort((left, right) => Buffer.compare(left.key, right.key))
  return Buffer.concat(
    rows.map(({ entry }) =>
      Buffer.concat([Buffer.from(`${plainMode(entry.mode)} ${entry.name}\0`), Buffer.from(entry.oid, 'hex')]),
    ),
  )
}

function sortKey(entry: TreeEntry): Buffer {
  return Buffer.from(isFolder(entry) ? `${entry.name}/` : entry.name)
}

function isFolder({ mode }: TreeEntry): boolean {
  return plainMode(mode) === '40000'
}

/** git writes the mode of a folder without the leading zero that its listings show. */
function plainMode(mode: string): string {
  return mode.replace(/^0+/, '')
}

function checkEntry(entry: TreeEntry): TreeEntry {
  const bytes = Buffer.from(entry.name)
  const bad = bytes.length === 0 || bytes.includes(0) || bytes.includes(SLASH)
  if (bad || !isOid(entry.oid) || !MODE.test(entry.mode)) {
    throw new RangeError(`no tree can hold the entry ${JSON.stringify(entry)}`)
  }
  return entry
}
