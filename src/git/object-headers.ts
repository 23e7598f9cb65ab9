/**
 * Commits and tags share one layout: `key value` lines, an empty line, then the message. A line that begins with a space
 * continues the value above it (how `gpgsig` and `mergetag` hold many lines).
 */
import type { Oid } from './model.ts'
import { isOid } from './object-id.ts'

const LINE_FEED = 0x0a
const SPACE = 0x20

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
  const headers: ObjectHeader[] = []
  let at = 0
  while (at < data.length) {
    if (data[at] === LINE_FEED) return { headers, bodyAt: at + 1 }
    const end = findLineEnd(data, at)
    const previous = headers.at(-1)
    if (data[at] === SPACE && previous !== undefined) previous.end = end
    else headers.push(readHeader(data, at, end))
    at = end + 1
  }
  return { headers, bodyAt: data.length }
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

function readHeader(data: Buffer, at: number, end: number): ObjectHeader {
  const space = data.indexOf(SPACE, at)
  if (space < 0 || space > end) return { key: data.toString('latin1', at, end), start: end, end }
  return { key: data.toString('latin1', at, space), start: space + 1, end }
}

function findLineEnd(data: Buffer, at: number): number {
  const end = data.indexOf(LINE_FEED, at)
  return end < 0 ? data.length : end
}
