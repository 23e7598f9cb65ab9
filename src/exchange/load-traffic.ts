import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '../config/mistakes.ts'
import type { VendorId } from '../options.ts'
import type { Exchange } from './exchange.ts'
import { checkExchangeFile, parseJson } from './load.ts'
import { isHar, readHar } from './read-har.ts'
import { journalEntries, readJournal } from './read-journal.ts'
import { toExchange } from './to-exchange.ts'
import type { LeftOut, RecordedExchange, Session, Traffic } from './traffic.ts'
import { ownerOf } from './vendor-of.ts'

/**
 * Reads a recording, or all `.json`, `.jsonl` and `.har` files of a folder and those below it: exchange files, HTTP
 * archives, journals. Throws UsageError that names each mistake, and what the system says about the files.
 */
export async function loadTraffic(path: string, vendor?: VendorId): Promise<Traffic> {
  const files = (await stat(path)).isDirectory() ? await filesIn(path) : [path]
  if (files.length === 0) throw new UsageError([`${path} has no .json, .jsonl or .har files`])
  const traffics: Traffic[] = []
  const mistakes: string[] = []
  for (const file of files) {
    await loadFile(file, vendor).then(
      (traffic) => traffics.push(traffic),
      (error) => {
        if (!(error instanceof UsageError)) throw error
        mistakes.push(...error.mistakes)
      },
    )
  }
  if (mistakes.length > 0) throw new UsageError(mistakes)
  const sessions = traffics.flatMap((traffic) => traffic.sessions)
  return {
    sessions: vendor === undefined ? sessions : sessions.filter((session) => session.vendor === vendor),
    leftOut: traffics.flatMap(({ leftOut }) => leftOut),
  }
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const found = await Promise.all(
    entries
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((entry) => {
        const path = join(folder, entry.name)
        if (entry.isDirectory()) return filesIn(path)
        return /\.(?:jsonl?|har)$/.test(entry.name) && !entry.name.startsWith('.') ? [path] : []
      }),
  )
  return found.flat()
}

async function loadFile(file: string, vendor: VendorId | undefined): Promise<Traffic> {
  const text = await readFile(file, 'utf8')
  const value = isLines(file, text) ? readLines(text, file) : parseJson(text, file)
  if (isHar(value)) return sortOut(readHar(value, file), file, vendor)
  const entries = journalEntries(value)
  if (entries) return sortOut(readJournal(entries, file), file, vendor)
  return { sessions: [{ ...(await checkExchangeFile(value, file)), source: file }], leftOut: [] }
}

/** `fakeforge journal` in a pipe writes a line per request. */
function isLines(file: string, text: string): boolean {
  return file.endsWith('.jsonl') || /^\{[^\n]*\}\n\{/.test(text)
}

function readLines(text: string, file: string): unknown[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return lines.map((line, i) => parseJson(line, `${file}: line ${i + 1}`))
}

/** One session for each vendor and server: ids of one mean nothing to another. */
function sortOut(recorded: readonly RecordedExchange[], source: string, only: VendorId | undefined): Traffic {
  const sessions = new Map<string, { vendor: VendorId; origin: string; exchanges: Exchange[] }>()
  const leftOut: LeftOut[] = []
  for (const entry of recorded) {
    const owner = ownerOf(entry.path, only)
    const exchange =
      owner === null ? 'it is no request to a forge' : toExchange({ ...entry, path: owner.path })
    if (owner === null || typeof exchange === 'string') {
      leftOut.push({ source, name: `${entry.method} ${entry.path}`, reason: String(exchange) })
      continue
    }
    const origin = entry.origin + owner.prefix
    const key = `${owner.vendor} ${origin}`
    const session = sessions.get(key) ?? { vendor: owner.vendor, origin, exchanges: [] }
    sessions.set(key, session)
    session.exchanges.push(exchange)
  }
  const evidence = { kind: 'recording', source: `recorded traffic, ${source}` } as const
  return {
    sessions: [...sessions.values()].map(
      (session): Session => ({ ...session, source, evidence, complete: true }),
    ),
    leftOut,
  }
}
