import { constants, createInflate, type Inflate, inflateSync, type Zlib } from 'node:zlib'
import type { ByteWindow } from './byte-window.ts'
import { inflateExactly } from './inflation.ts'
import { PackDamage } from './pack-damage.ts'

/** Up to this size an entry is inflated in one call, once enough of it is there; larger ones as they come, on another thread. */
const LARGEST_AT_ONCE = 64 * 1024
const OUTPUT_CHUNK = 64 * 1024

/**
 * Inflates what lies ahead in a window to exactly `size` bytes and passes it. Never holds more than that, whatever the stream
 * turns out to hold. Throws PackDamage; answers null when the stream ends too early.
 */
export async function inflateAhead(window: ByteWindow, size: number): Promise<Buffer | null> {
  return size > LARGEST_AT_ONCE ? inflateInPieces(window, size) : inflateAtOnce(window, size)
}

/** As inflateAhead, when the window holds the whole of a small entry already; else null, and nothing is passed. */
export function inflateWaiting(window: ByteWindow, size: number): Buffer | null {
  if (size > LARGEST_AT_ONCE) return null
  const { bytes, at } = window
  const inflated = inflateExactly(bytes, at, size)
  if (inflated === null) return null
  window.advance(inflated.end - at)
  return inflated.data
}

/** Whether more input could help is not known, so it is tried with twice as much, up to what no sane deflater needs. */
async function inflateAtOnce(window: ByteWindow, size: number): Promise<Buffer | null> {
  const enough = 2 * size + 1024
  for (;;) {
    const data = inflateWaiting(window, size)
    if (data !== null) return data
    const had = window.ahead
    if (had >= enough) throw new PackDamage('inflate returned -3')
    const isThere = await window.need(Math.min(enough, Math.max(2 * had, 512)))
    if (isThere || window.ahead > had) continue
    if (endsWithin(window.bytes.subarray(window.at), size)) return null
    throw new PackDamage('inflate returned -3')
  }
}

/** Whether deflated data of so many bytes is right as far as it goes, and only cut short. */
function endsWithin(deflated: Buffer, size: number): boolean {
  try {
    // With `info`, which the typings do not know, the answer also holds the engine.
    const options = { info: true, finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: size + 1 }
    const answer = inflateSync(deflated, options) as unknown as { buffer: Buffer; engine: Zlib }
    return answer.buffer.length <= size && answer.engine.bytesWritten === deflated.length
  } catch {
    return false
  }
}

async function inflateInPieces(window: ByteWindow, size: number): Promise<Buffer | null> {
  const inflation = new PiecewiseInflation(size)
  try {
    for (;;) {
      if (!(await window.need(1))) return null
      const piece = window.bytes.subarray(window.at)
      const used = await inflation.feed(piece)
      window.advance(used)
      if (used < piece.length || inflation.isDone) return inflation.result()
    }
  } finally {
    inflation.close()
  }
}

/** One deflated stream, fed in pieces. */
class PiecewiseInflation {
  readonly #engine: Inflate = createInflate({ chunkSize: OUTPUT_CHUNK })
  readonly #room: Buffer
  #filled = 0
  #problem: PackDamage | null = null
  #settle: () => void = () => {}
  isDone = false

  constructor(size: number) {
    this.#room = Buffer.allocUnsafeSlow(size)
    this.#engine.on('data', (data: Buffer) => this.#take(data))
    this.#engine.once('end', () => {
      this.isDone = true
      this.#settle()
    })
    this.#engine.on('error', () => this.#fail('inflate returned -3'))
  }

  /** Answers how many bytes of the piece belong to the stream. Throws PackDamage. */
  async feed(piece: Buffer): Promise<number> {
    if (this.isDone) return 0
    const before = this.#engine.bytesWritten
    // After an error nobody calls back.
    const settled = new Promise<void>((resolve) => {
      this.#settle = resolve
    })
    await Promise.race([settled, new Promise<void>((resolve) => this.#engine.write(piece, () => resolve()))])
    const used = this.#engine.bytesWritten - before
    if (used < piece.length) await settled
    if (this.#problem) throw this.#problem
    return used
  }

  /** Throws PackDamage when it came to another size. */
  result(): Buffer {
    if (this.#filled !== this.#room.length) throw new PackDamage('serious inflate inconsistency')
    return this.#room
  }

  close(): void {
    this.#engine.destroy()
  }

  #take(data: Buffer): void {
    if (this.#filled + data.length > this.#room.length) this.#fail('serious inflate inconsistency')
    else this.#filled += data.copy(this.#room, this.#filled)
  }

  #fail(reason: string): void {
    this.#problem ??= new PackDamage(reason)
    this.#settle()
  }
}
