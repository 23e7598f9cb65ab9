/**
 * Side-band: three channels in one stream of pkt-lines. The first byte of each payload names the channel:
 *
 *     1  data: the pack, or the report of a push (itself made of pkt-lines)
 *     2  progress: text that the client shows as `remote: …`
 *     3  a fatal error: its text is shown, and the client stops
 *
 * A client that asks for `side-band-64k` takes packets of the full 65520 bytes, one that asks for `side-band` only 1000,
 * length digits and channel byte included. The stream ends with a flush, which belongs to no channel; inner pkt-lines that are
 * sent over channel 1 may be cut anywhere.
 *
 * https://git-scm.com/docs/gitprotocol-pack#_packfile_data
 */
import { LENGTH_DIGITS, LONGEST_PACKET, lengthDigits, type Packet } from './pkt-line.ts'
import { WireError } from './wire-error.ts'

export const DATA = 1
export const PROGRESS = 2
export const FATAL = 3
export type Channel = typeof DATA | typeof PROGRESS | typeof FATAL

/** The largest packet, in bytes, for a client that asked for `side-band-64k`, or only for `side-band`. */
export const WIDE = LONGEST_PACKET
export const NARROW = 1000

const HEAD = LENGTH_DIGITS + 1

/** The data as packets of one channel, none larger than `longest` bytes. No data makes no packet. */
export function* encodeSideBand(channel: Channel, data: string | Buffer, longest: number): Generator<Buffer> {
  const bytes = typeof data === 'string' ? Buffer.from(data) : data
  const room = longest - HEAD
  for (let at = 0; at < bytes.length; at += room) {
    const end = Math.min(at + room, bytes.length)
    const packet = Buffer.allocUnsafe(HEAD + end - at)
    packet.write(lengthDigits(1 + end - at), 0, 'latin1')
    packet.writeUInt8(channel, LENGTH_DIGITS)
    bytes.copy(packet, HEAD, at, end)
    yield packet
  }
}

/** What a packet carries on which channel. Throws WireError for a packet that belongs to none. */
export function decodeSideBand(packet: Packet): { readonly channel: Channel; readonly data: Buffer } {
  if (typeof packet === 'string' || packet.length === 0)
    throw new WireError('a side-band packet has no channel')
  const channel = packet[0]
  if (channel !== DATA && channel !== PROGRESS && channel !== FATAL) {
    throw new WireError(`protocol error: bad band #${channel}`)
  }
  return { channel, data: packet.subarray(1) }
}
