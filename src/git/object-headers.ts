/**
 * Commits and tags share one layout: `key value` lines, an empty line, then the message. A line that begins with a space
 * continues the value above it (how `gpgsig` and `mergetag` hold many lines).
 */
import type { Oid } from './model.ts'
import { isOid } from './object-id.ts'

const LINE_FEED = 0x0a

export interface ObjectHeader {
  readonly key: string
  /** Where the value begins and ends in the data; continuation lines are included as they stand. */
  readonly start: number
  end: number
}

export interface ObjectLayout {
  readonly headers: readonly ObjectHeader[]
  /** Where the message begins. */
  readonly bodyAt: number
}

export function readLayout(data: Buffer): ObjectLayout {
  // Searched as a string of bytes: each call to a Buffer's own search costs more than a whole header.
  const head = readHead(data)
  const headers: ObjectHeader[] = []
  for (let at = 0; at < head.length; ) {
    const feed = head.indexOf('\n', at)
    const end = feed < 0 ? head.length : feed
    const previous = headers.at(-1)
    if (head[at] === ' ' && previous !== undefined) previous.end = end
    else headers.push(readHeader(head, at, end))
    at = end + 1
  }
  return { headers, bodyAt: Math.min(head.length + 1, data.length) }
}

/** The id in a header, or null when it holds none. The string is cut from the bytes, so it keeps nothing else alive. */
export function readOidHeader(data: Buffer, header: ObjectHeader | undefined): Oid | null {
  if (header === undefined || header.end - header.start !== 40) return null
  const oid = data.toString('latin1', header.start, header.end)
  return isOid(oid) ? oid : null
}

/** A many-line value without the spaces that mark its continuation lines. */
export function readFoldedHeader(data: Buffer, header: ObjectHeader): string {
  return data.toString('utf8', header.start, header.end).replaceAll('\n ', '\n')
}

export function foldHeader(key: string, value: string): string {
  return `${key} ${value.replaceAll('\n', '\n ')}\n`
}

/** Everything before the empty line. */
function readHead(data: Buffer): string {
  if (data[0] === LINE_FEED) return ''
  const end = data.indexOf('\n\n')
  return data.toString('latin1', 0, end < 0 ? data.length : end + 1)
}

function readHeader(head: string, at: number, end: number): ObjectHeader {
  const space = head.indexOf(' ', at)
  if (space < 0 || space > end) return { key: head.slice(at, end), start: end, end }
  return { key: head.slice(at, space), start: space + 1, end }
}
