/**
 * Text in commits that were not written in UTF-8: git notes the charset in an `encoding` header and leaves the bytes alone.
 * https://git-scm.com/docs/git-commit#_discussion
 */

import { TextDecoder } from 'node:util'

const LATIN1 = new Set(['iso-8859-1', 'iso8859-1', 'iso_8859-1', 'latin1', 'latin-1'])

/** Names that iconv knows and the WHATWG encoding labels do not. */
const WHATWG_LABELS: Readonly<Record<string, string>> = {
  cp932: 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  cp950: 'big5',
  utf8: 'utf-8',
}

const decoders = new Map<string, TextDecoder | null>()

/** The text of some bytes. An encoding nobody knows is read as UTF-8; bytes that are not text become U+FFFD. */
export function decodeText(data: Buffer, start: number, end: number, encoding: string | null): string {
  if (encoding === null) return data.toString('utf8', start, end)
  const name = encoding.toLowerCase()
  // The WHATWG reads "latin1" as windows-1252, which differs from iconv between 0x80 and 0x9f.
  if (LATIN1.has(name)) return data.toString('latin1', start, end)
  const decoder = findDecoder(name)
  if (decoder === null) return data.toString('utf8', start, end)
  return decoder.decode(data.subarray(start, end))
}

function findDecoder(name: string): TextDecoder | null {
  const known = decoders.get(name)
  if (known !== undefined) return known
  const decoder = openDecoder(WHATWG_LABELS[name] ?? name)
  // The name comes out of a repository, so the number of names kept is bounded.
  if (decoders.size < 100) decoders.set(name, decoder)
  return decoder
}

function openDecoder(label: string): TextDecoder | null {
  try {
    return new TextDecoder(label, { ignoreBOM: true })
  } catch {
    return null
  }
}
