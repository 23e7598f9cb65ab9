import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'

/** The beginning of a body that goes by. */
export class BodyCopy {
  readonly #limit: number
  readonly #chunks: Buffer[] = []
  #size = 0

  /** `limit`: bytes that are kept. */
  constructor(limit: number) {
    this.#limit = limit
  }

  add(chunk: Buffer): void {
    this.#size += chunk.length
    if (this.#size <= this.#limit) this.#chunks.push(chunk)
    else this.#chunks.length = 0
  }

  /** The whole body as text; null when it was too long, or is no text. `encoding` is its `Content-Encoding`. */
  text(encoding: string): string | null {
    if (this.#size > this.#limit) return null
    try {
      const bytes = decode(Buffer.concat(this.#chunks), encoding, this.#limit)
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
      return text.includes('\0') ? null : text
    } catch {
      return null
    }
  }
}

/** Throws when it is not of that encoding, or an unknown one, or becomes too long. */
function decode(bytes: Buffer, encoding: string, limit: number): Buffer {
  if (bytes.length === 0) return bytes
  const codings = encoding
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity')
  return codings.reduceRight(
    (data, coding) => decodeOnce(data, coding, { maxOutputLength: limit * 16 }),
    bytes,
  )
}

function decodeOnce(data: Buffer, coding: string, options: { maxOutputLength: number }): Buffer {
  if (coding === 'gzip' || coding === 'x-gzip') return gunzipSync(data, options)
  if (coding === 'br') return brotliDecompressSync(data, options)
  if (coding !== 'deflate') throw new RangeError(`unknown coding ${coding}`)
  // Some servers leave out the wrapper that the standard asks for.
  return (data[0] ?? 0) % 16 === 8 ? inflateSync(data, options) : inflateRawSync(data, options)
}
