import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePackets } from '../../../src/git/wire/packet-parser.ts'
import {
  DATA,
  decodeSideBand,
  encodeSideBand,
  FATAL,
  NARROW,
  PROGRESS,
  WIDE,
} from '../../../src/git/wire/side-band.ts'
import { WireError } from '../../../src/git/wire/wire-error.ts'

describe('encodeSideBand', () => {
  it('puts the channel before the data', () => {
    expect(Buffer.concat([...encodeSideBand(PROGRESS, 'hi\n', WIDE)]).toString()).toBe('0008\x02hi\n')
    expect(Buffer.concat([...encodeSideBand(FATAL, 'no', NARROW)]).toString()).toBe('0007\x03no')
  })

  it('makes no packet of no data', () => {
    expect([...encodeSideBand(DATA, '', WIDE)]).toEqual([])
  })

  it.each([
    [NARROW, 995],
    [WIDE, 65_515],
  ])('fills packets of %i bytes with %i bytes of data', (longest, room) => {
    const packets = [...encodeSideBand(DATA, Buffer.alloc(room * 2 + 1), longest)]
    expect(packets.map((packet) => packet.length)).toEqual([longest, longest, 6])
  })

  it('loses nothing, whatever the size', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), fc.constantFrom(NARROW, WIDE), (bytes, longest) => {
        const packets = parsePackets(Buffer.concat([...encodeSideBand(DATA, Buffer.from(bytes), longest)]))
        const data = packets.map((packet) => decodeSideBand(packet).data)
        expect(Buffer.concat(data)).toEqual(Buffer.from(bytes))
      }),
    )
  })
})

describe('decodeSideBand', () => {
  it('tells the channels apart', () => {
    expect(decodeSideBand(Buffer.from('\x01PACK'))).toEqual({ channel: DATA, data: Buffer.from('PACK') })
    expect(decodeSideBand(Buffer.from('\x02'))).toEqual({ channel: PROGRESS, data: Buffer.alloc(0) })
  })

  it('refuses packets of no channel', () => {
    expect(() => decodeSideBand('flush')).toThrow(new WireError('a side-band packet has no channel'))
    expect(() => decodeSideBand(Buffer.alloc(0))).toThrow(new WireError('a side-band packet has no channel'))
    expect(() => decodeSideBand(Buffer.from('\x04x'))).toThrow(new WireError('protocol error: bad band #4'))
  })
})
