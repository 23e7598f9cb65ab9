/**
 * Compact memory for many small byte strings. A Buffer of its own costs some 200 bytes beyond its content, more than a
 * whole tag object; so small objects lie end to end in slabs.
 */
const FIRST_SLAB = 1024
const LARGEST_SLAB = 64 * 1024
const LARGEST_SHARED = 4 * 1024

export interface SlabSlice {
  readonly slab: Buffer
  readonly start: number
  readonly end: number
}

export class ObjectSlab {
  #slab: Buffer = Buffer.alloc(0)
  #used = 0

  /** Copies the bytes into a slab, unless they are large and already alone in their memory. */
  keep(data: Buffer): SlabSlice {
    if (data.length > LARGEST_SHARED) return { slab: compactBuffer(data), start: 0, end: data.length }
    if (this.#used + data.length > this.#slab.length) this.#open(data.length)
    const start = this.#used
    this.#used += data.copy(this.#slab, start)
    return { slab: this.#slab, start, end: this.#used }
  }

  // Slabs grow from small to large: a sandbox that writes one tag must not pay for 64 kB.
  #open(needed: number): void {
    const size = Math.min(LARGEST_SLAB, Math.max(FIRST_SLAB, this.#slab.length * 2))
    this.#slab = Buffer.allocUnsafeSlow(Math.max(size, needed))
    this.#used = 0
  }
}

/** The same bytes in memory of exactly their size: a view would keep the whole buffer beneath it alive. */
export function compactBuffer(data: Buffer): Buffer {
  if (data.buffer.byteLength === data.length) return data
  return copyBytes(data, 0, data.length)
}

export function copyBytes(data: Buffer, start: number, end: number): Buffer {
  const copy = Buffer.allocUnsafeSlow(end - start)
  data.copy(copy, 0, start, end)
  return copy
}
