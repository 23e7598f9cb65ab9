/** From the words a user wrote (flag, environment or file, all as text) to the value of an option. */
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
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

export const readLogLevel: Reader<LogLevel> = (texts, { report }) => {
  const level = logLevels.find((known) => known === last(texts))
  if (level === undefined) report(`unknown level "${last(texts)}"; allowed: ${logLevels.join(', ')}`)
  return level ?? 'info'
}

/** An instant needs its zone: without one it would depend on the machine. A bare date is midnight UTC. */
export const readInstant: Reader<string> = (texts, { report }) => {
  const text = last(texts)
  const parts = /^(\d{4})-(\d\d)-(\d\d)(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.exec(text)
  const [, year, month, day] = (parts ?? []).map(Number)
  // Date.parse takes 31 February for 3 March.
  const midnight = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day))
  if (parts === null || Number.isNaN(Date.parse(text)) || midnight.getUTCDate() !== day) {
    report(`"${text}" is not an instant; allowed: ISO 8601 with a zone, such as 2024-01-31T12:00:00Z`)
  }
  return text
}

export const readSecret: Reader<string> = (texts) => last(texts)

export const readPublicUrl: Reader<string> = (texts, { report }) => {
  const text = last(texts)
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!/^https?:$/.test(url?.protocol ?? '') || url?.search || url?.hash || url?.username) {
    report(`"${text}" is not a base URL; allowed: http:// or https://, a host and a path, nothing more`)
  }
  return text.replace(/\/+$/, '')
}

export const readFilePath: Reader<string> = (texts, reading) => readPath(texts, reading, 'file')
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
