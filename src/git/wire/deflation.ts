/**
 * Deflating many small pieces. As with inflating (see ../inflation.ts), `deflateSync` makes an engine, a stream and some event
 * listeners for each call, and its answers each keep a chunk of 16 kB alive. So one engine is kept and asked again and again.
 *
 * Node has no public call for that; what is used is tried out before it is trusted, and otherwise `deflateSync` does the work.
 */
import { promisify } from 'node:util'
import { constants, createDeflate, deflate, deflateSync, inflateSync } from 'node:zlib'
import { compactBuffer, copyBytes } from '../object-slab.ts'

interface Engine {
  reset(): void
  readonly _handle: {
    onerror: () => void
    writeSync(
      flush: number,
      from: Buffer,
      at: number,
      size: number,
      to: Buffer,
      toAt: number,
      room: number,
    ): void
  }
  /** How much room and how much input the last call left over. */
  readonly _writeState: Uint32Array
}

/** The fastest: the pack goes over a loopback, and is not kept. */
const LEVEL = constants.Z_BEST_SPEED
const LARGEST_SMALL = 64 * 1024
/** From here on the work is done on another thread, so that nobody waits for it. */
const LARGEST_SYNC = 1024 * 1024
/** What cannot be deflated gets a little longer. */
const room = Buffer.allocUnsafeSlow(LARGEST_SMALL + 1024)

let engine: Engine | null | undefined

/** The data deflated, in memory of exactly its size. Only large data makes it a promise. */
export function deflateExactly(data: Buffer): Buffer | Promise<Buffer> {
  if (data.length > LARGEST_SYNC)
    return promisify(deflate)(data, { level: LEVEL } as never) as Promise<Buffer>
  if (engine === undefined) engine = openTriedEngine()
  const deflated = engine && data.length <= LARGEST_SMALL ? deflateWith(engine, data) : null
  return deflated ?? compactBuffer(deflateSync(data, { level: LEVEL }))
}

function deflateWith(used: Engine, data: Buffer): Buffer | null {
  let failed = false
  used._handle.onerror = () => {
    failed = true
  }
  used.reset()
  used._handle.writeSync(constants.Z_FINISH, data, 0, data.length, room, 0, room.length)
  const [roomLeft = 0, inputLeft] = used._writeState
  if (failed || inputLeft !== 0 || roomLeft === 0) return null
  return copyBytes(room, 0, room.length - roomLeft)
}

function openTriedEngine(): Engine | null {
  const texts = ['', 'a text that is deflated, and deflated', 'another text'].map((text) => Buffer.from(text))
  try {
    const candidate = createDeflate({ level: LEVEL }) as unknown as Engine
    const isRight = texts.every((text) => {
      const deflated = deflateWith(candidate, text)
      return deflated !== null && inflateSync(deflated).equals(text)
    })
    return isRight ? candidate : null
  } catch {
    return null
  }
}
