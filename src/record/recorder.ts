import { randomBytes } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Exchange, ExchangeFile } from '../exchange/exchange.ts'
import { toExchange } from '../exchange/to-exchange.ts'
import type { RecordedExchange } from '../exchange/traffic.ts'
import { ownerOf } from '../exchange/vendor-of.ts'
import type { VendorId } from '../options.ts'
import type { Passed } from './proxy.ts'
import { maskPlaces, maskValues } from './redact-exchange.ts'

/** Between two writings of a file, milliseconds. */
const REST = 250

export interface RecorderOptions {
  /** What was recorded. */
  readonly live: string
  readonly folder: string
  /** Credentials that are known beforehand. */
  readonly secrets?: readonly string[]
}

export interface RecorderState {
  /** Files with how many exchanges each has. */
  readonly files: ReadonlyMap<string, number>
  readonly leftOut: number
}

/**
 * Keeps what a proxy has passed on, and writes it without secrets: one file per vendor, which is put in its place as a
 * whole, so that it can be read at any time. All of it is kept in memory, too: a secret that shows late is taken out of what
 * came before.
 */
export class Recorder {
  readonly #options: RecorderOptions
  readonly #begin = new Date()
  readonly #recorded = new Map<VendorId, RecordedExchange[]>()
  readonly #secrets: Set<string>
  #leftOut = 0
  #timer: NodeJS.Timeout | null = null
  #writing: Promise<void> = Promise.resolve()
  #trouble: Error | null = null

  constructor(options: RecorderOptions) {
    this.#options = options
    this.#secrets = new Set(options.secrets)
  }

  add(passed: Passed): void {
    const owner = ownerOf(passed.path)
    const recorded = read(passed, this.#options.live)
    if (owner === null || typeof toExchange(recorded) === 'string') {
      // Who signs in by a page, or clones, shows credentials as well.
      maskPlaces(recorded, this.#secrets)
      this.#leftOut += 1
      return
    }
    const masked = maskPlaces({ ...recorded, path: owner.path }, this.#secrets)
    const session = this.#recorded.get(owner.vendor) ?? []
    this.#recorded.set(owner.vendor, session)
    session.push(masked)
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      this.#writing = this.#writing.then(() => this.#write())
    }, REST)
  }

  /** Writes what is not written yet. Throws what the file system says. */
  async close(): Promise<RecorderState> {
    if (this.#timer) clearTimeout(this.#timer)
    await this.#writing
    await this.#write()
    if (this.#trouble) throw this.#trouble
    const files = [...this.#recorded].map(([vendor, all]) => [this.#fileOf(vendor), all.length] as const)
    return { files: new Map(files), leftOut: this.#leftOut }
  }

  async #write(): Promise<void> {
    try {
      await mkdir(this.#options.folder, { recursive: true })
      for (const [vendor, recorded] of this.#recorded) await this.#writeFile(vendor, recorded)
      this.#trouble = null
    } catch (error) {
      this.#trouble = error as Error
    }
  }

  async #writeFile(vendor: VendorId, recorded: readonly RecordedExchange[]): Promise<void> {
    const { live } = this.#options
    const exchanges = recorded.map((one) => toExchange(maskValues(one, this.#secrets)))
    const file: ExchangeFile = {
      vendor,
      evidence: {
        kind: 'recording',
        source: `${new URL(live).host}, recorded ${this.#begin.toISOString().slice(0, 10)}`,
      },
      origin: live,
      complete: true,
      exchanges: exchanges.filter((one): one is Exchange => typeof one !== 'string'),
    }
    const path = this.#fileOf(vendor)
    const draft = join(this.#options.folder, `.${randomBytes(6).toString('hex')}.tmp`)
    await writeFile(draft, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 })
    await rename(draft, path)
  }

  #fileOf(vendor: VendorId): string {
    const moment = this.#begin.toISOString().replace(/\.\d+/, '').replaceAll(':', '')
    return join(this.#options.folder, `${vendor}-${moment}.json`)
  }
}

function read(passed: Passed, live: string): RecordedExchange {
  const requestHeaders = headersOf(passed.requestHeaders)
  const answerHeaders = headersOf(passed.answerHeaders)
  const codingOf = (headers: RecordedExchange['answerHeaders']) =>
    [headers['content-encoding'] ?? ''].flat().join(',')
  return {
    method: passed.method,
    origin: live,
    path: passed.path,
    requestHeaders,
    requestBody: passed.requestBody.text(codingOf(requestHeaders)),
    status: passed.status,
    answerHeaders,
    answerBody: passed.answerBody.text(codingOf(answerHeaders)),
  }
}

function headersOf(raw: readonly string[]): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {}
  for (let i = 0; i < raw.length; i += 2) {
    const name = (raw[i] ?? '').toLowerCase()
    const known = headers[name]
    const value = raw[i + 1] ?? ''
    headers[name] = known === undefined ? value : [known, value].flat()
  }
  return headers
}
