/**
 * pkt-line: the framing of everything that git says over a wire, packs excepted.
 *
 *     packet  = length payload          length: four hexadecimal digits, counting themselves
 *     0006a\n = a payload of two bytes, "a\n"
 *     0000    = flush                   ends a message
 *     0001    = delim                   separates sections of a message (protocol 2)
 *     0002    = response-end            ends a whole answer (protocol 2, where nothing else does)
 *     0003    = means nothing           refused
 *     0004    = an empty payload        legal, though git does not send it
 *
 * A packet has at most 65520 bytes, so at most 65516 of payload. Payloads that are text end in a newline, which readers
 * must not insist on. Text has no escape for anything: a pkt-line that holds a NUL or binary data is as good as any other.
 *
 * https://git-scm.com/docs/gitprotocol-common#_pkt_line_format
 */
/** A payload, or one of the three packets that have none. */
export type Packet = Buffer | 'flush' | 'delim' | 'response-end'

/** Bytes of a packet, its length digits included. */
export const LONGEST_PACKET = 65_520
export const LENGTH_DIGITS = 4
export const LONGEST_PAYLOAD = LONGEST_PACKET - LENGTH_DIGITS

export const FLUSH = Buffer.from('0000')
export const DELIM = Buffer.from('0001')
export const RESPONSE_END = Buffer.from('0002')

/** One packet with this payload, taken as it is. Throws a RangeError beyond LONGEST_PAYLOAD. */
export function encodePacket(payload: string | Buffer): Buffer {
  const size = Buffer.byteLength(payload)
  if (size > LONGEST_PAYLOAD) throw new RangeError(`a packet cannot hold ${size} bytes`)
  const packet = Buffer.allocUnsafe(LENGTH_DIGITS + size)
  packet.write(lengthDigits(size), 0, 'latin1')
  if (typeof payload === 'string') packet.write(payload, LENGTH_DIGITS)
  else payload.copy(packet, LENGTH_DIGITS)
  return packet
}

/** One packet with a line of text, to which the newline is added. Throws a RangeError beyond LONGEST_PAYLOAD. */
export function encodeLine(text: string): Buffer {
  return encodePacket(`${text}\n`)
}

/** The packet that ends an exchange with a message for the user; cut where it would not fit. */
export function encodeError(message: string): Buffer {
  return encodePacket(Buffer.from(`ERR ${message}`).subarray(0, LONGEST_PAYLOAD))
}

/** The length digits of a packet with so many bytes of payload. */
export function lengthDigits(payloadBytes: number): string {
  return (payloadBytes + LENGTH_DIGITS).toString(16).padStart(LENGTH_DIGITS, '0')
}

/** The text of a payload, without the newline at its end. */
export function textOf(payload: Buffer): string {
  const end = payload.at(-1) === 0x0a ? payload.length - 1 : payload.length
  return payload.toString('utf8', 0, end)
}
