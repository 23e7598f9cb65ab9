/** From the words a user wrote (flag, environment or file, all as text) to the value of an option. */
import { statSync } from 'node:fs'
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { isDay } from '../calendar.ts'
import { type LogLevel, logLevels } from '../options.ts'

/** What the command line has to know of a vendor in order to check what it is told. */
export interface VendorFacts {
  readonly id: string
  readonly profiles: readonly string[]
  readonly quirks: readonly { readonly name: string; readonly summary: string }[]
}

export interface Reading {
  readonly vendors: readonly VendorFacts[]
  /** Relative paths start here: the working directory, or the folder of the config file. */
  readonly folder: string
  /** Notes a mistake; what the reader then returns is never used. */
  report(mistake: string): void
}

/** `texts` is never empty; a setting that takes one value uses the last. */
export type Reader<Value> = (texts: readonly string[], reading: Reading) => Value

export const readPort: Reader<number> = (texts, { report }) => {
  const text = last(texts)
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) {
    report(`"${text}" is not a port; allowed: 1 to 65535, or 0 for any free port`)
  }
  return Number(text)
}

export const readHost: Reader<string> = (texts, { report }) => {
  const host = last(texts).replace(/^\[(.*)\]$/, '$1')
  if (!/^[\w.:%-]+$/.test(host)) {
    report(`"${host}" is not a host; allowed: a host name or an IP address, such as 127.0.0.1 or 0.0.0.0`)
  }
  return host
}

/** Bytes, with an optional binary unit: `4096`, `10MiB`, `512m`, `1G`. */
export const readSize: Reader<number> = (texts, { report }) => {
  const text = last(texts)
  const [, digits = '0', unit = ''] = /^(\d{1,12})\s*([kmg]?)(?:i?b)?$/i.exec(text) ?? []
  const size = Number(digits) * 1024 ** ' kmg'.indexOf(unit.toLowerCase() || ' ')
  if (size < 1 || !Number.isSafeInteger(size)) {
    report(`"${text}" is not a size; allowed: bytes above 0, or with a unit, such as 64KiB, 10MiB, 1GiB`)
  }
  return size
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** A stretch of time with its unit: `500ms`, `10s`, `2m`, `1h`; in milliseconds. */
export const readDuration: Reader<number> = (texts, { report }) => {
  const text = last(texts)
  const [, digits = '', unit = ''] = /^(\d{1,6}(?:\.\d{1,3})?)(ms|s|m|h)$/.exec(text) ?? []
  const duration = Math.round(Number(digits) * (UNITS[unit] ?? 0))
  // Timers take no more than that.
  if (duration < 1 || duration >= 2 ** 31) {
    report(`"${text}" is not a duration; allowed: a number above 0 with a unit, such as 500ms, 10s, 2m`)
  }
  return duration
}

/** Host names, addresses, networks such as `10.1.0.0/16`, or `*`. */
export const readHosts: Reader<readonly string[]> = (texts, { report }) => {
  for (const text of texts) {
    const [host = '', prefix, ...rest] = text.replace(/^\[([^\]]*)\]/, '$1').split('/')
    const family = isIP(host)
    const longest = family === 6 ? 128 : 32
    const isNetwork =
      prefix === undefined || (family !== 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= longest)
    const isHost = text === '*' || family !== 0 || /^[a-z\d_]([\w-]*\.)*[\w-]*$/i.test(host)
    if (!isHost || !isNetwork || rest.length > 0) {
      report(`"${text}" is not a host; allowed: a host name, an address, a network such as 10.1.0.0/16, or *`)
    }
  }
  return texts
}

export const readCount: Reader<number> = (texts, { report }) => {
  const text = last(texts)
  if (!/^\d{1,7}$/.test(text)) report(`"${text}" is not a count; allowed: whole numbers from 0 to 9999999`)
  return Number(text)
}

export const readSwitch: Reader<boolean> = (texts, { report }) => {
  const text = last(texts)
  if (text !== 'true' && text !== 'false') report(`"${text}" is neither of the allowed: true, false`)
  return text === 'true'
}

export const readLogLevel: Reader<LogLevel> = (texts, { report }) => {
  const level = logLevels.find((known) => known === last(texts))
  if (level === undefined) report(`unknown level "${last(texts)}"; allowed: ${logLevels.join(', ')}`)
  return level ?? 'info'
}

/** An instant needs its zone: without one it would depend on the machine. A bare date is midnight UTC. */
export const readInstant: Reader<string> = (texts, { report }) => {
  const text = last(texts)
  const isShaped = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(text)
  if (!isShaped || !isDay(text) || Number.isNaN(Date.parse(text))) {
    report(`"${text}" is not an instant; allowed: ISO 8601 with a zone, such as 2024-01-31T12:00:00Z`)
  }
  return text
}

/** Sent in a header, where spaces at its ends would be lost. */
export const readSecret: Reader<string> = (texts, { report }) => {
  const text = last(texts)
  if (!/^[\x21-\x7e]+$/.test(text))
    report('is no token; allowed: letters, digits and signs of ASCII without spaces, at least one')
  return text
}

export const readPublicUrl: Reader<string> = (texts, { report }) => {
  const text = last(texts)
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!/^https?:$/.test(url?.protocol ?? '') || url?.search || url?.hash || url?.username || url?.password) {
    report(`"${text}" is not a base URL; allowed: http:// or https://, a host and a path, nothing more`)
  }
  return text.replace(/\/+$/, '')
}

export const readFilePath: Reader<string> = (texts, reading) => readPath(texts, reading, 'file')
/** A folder that need not be there yet. */
export const readNewFolderPath: Reader<string> = (texts, { folder, report }) => {
  const path = resolve(folder, last(texts))
  const found = statSync(path, { throwIfNoEntry: false })
  if (found && !found.isDirectory()) report(`"${path}" is not a folder`)
  return path
}

export const readFolderPath: Reader<string> = (texts, reading) => readPath(texts, reading, 'folder')

function readPath(texts: readonly string[], { folder, report }: Reading, wanted: 'file' | 'folder'): string {
  const path = resolve(folder, last(texts))
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) report(`there is no ${wanted} "${path}"`)
  else if (found.isDirectory() !== (wanted === 'folder')) report(`"${path}" is not a ${wanted}`)
  return path
}

export function last(texts: readonly string[]): string {
  return texts[texts.length - 1] ?? ''
}
