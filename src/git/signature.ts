/**
 * The line that says who and when: `Ada Lovelace <ada@example.test> 1700000000 +0530`.
 *
 * Old tools wrote broken ones, and git reads them all the same: what cannot be read is empty or 0.
 */
import type { Signature } from './model.ts'

const DATE = /^>\s*(\d+)(?:\s+([+-]\d+))?/

/** Reads an author, committer or tagger line (without its keyword). `-0000` ("zone unknown") is read as the number -0. */
export function decodeSignature(line: string): Signature {
  const open = line.indexOf('<')
  const close = line.indexOf('>', open + 1)
  const hasPerson = open >= 0 && close >= 0
  // The date follows the last ">": an address may hold one too many.
  const date = DATE.exec(line.slice(line.lastIndexOf('>')))
  return {
    name: hasPerson ? line.slice(0, open).trimEnd() : '',
    email: hasPerson ? line.slice(open + 1, close) : '',
    time: readTime(date?.[1]),
    offset: readZone(date?.[2]),
  }
}

/** Writes the line. Characters that would end a field early (NUL, line feed, angle brackets) are left out, as git does. */
export function encodeSignature({ name, email, time, offset }: Signature): string {
  return `${dropDelimiters(name)} <${dropDelimiters(email)}> ${Math.max(0, Math.trunc(time))} ${formatZone(offset)}`
}

/** `330` → `+0530`, `-210` → `-0330`, `-0` → `-0000`. */
export function formatZone(offset: number): string {
  const minutes = Math.abs(Math.trunc(offset))
  const sign = offset < 0 || Object.is(offset, -0) ? '-' : '+'
  return `${sign}${pad(Math.floor(minutes / 60))}${pad(minutes % 60)}`
}

/**
 * A name or address as git itself takes it from its environment for a new object: without punctuation and white space at
 * both ends. An object written with the result has the same id as one that git writes.
 */
export function tidyIdentity(text: string): string {
  return dropDelimiters(text).replace(/^[\0-\x20.,:;<>"\\']+|[\0-\x20.,:;<>"\\']+$/g, '')
}

function dropDelimiters(text: string): string {
  return text.replace(/[\0\n<>]/g, '')
}

function readTime(digits: string | undefined): number {
  const time = Number(digits ?? 0)
  return Number.isSafeInteger(time) ? time : 0
}

/** git reads a zone as one decimal number, so `+530` is five and a half hours and `+90` an hour and a half. */
function readZone(zone: string | undefined): number {
  const value = Number(zone ?? 0)
  if (!Number.isSafeInteger(value)) return 0
  const size = Math.abs(value)
  const minutes = Math.floor(size / 100) * 60 + (size % 100)
  return zone?.startsWith('-') ? -minutes : minutes
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
