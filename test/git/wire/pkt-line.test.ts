import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PacketParser, parsePackets } from '../../../src/git/wire/packet-parser.ts'
import { PacketStream } from '../../../src/git/wire/packet-stream.ts'
import {
  DELIM,
  encodeError,
  encodeLine,
  encodePacket,
  FLUSH,
  LONGEST_PAYLOAD,
  type Packet,
  RESPONSE_END,
  textOf,
} from '../../../src/git/wire/pkt-line.ts'
import { WireError } from '../../../src/git/wire/wire-error.ts'
import { cut, streamOf } from './pieces.ts'

describe('encodePacket', () => {
  it('writes the length in four hexadecimal digits, counting itself', () => {
    expect(encodePacket('a\n').toString()).toBe('0006a\n')
    expect(encodeLine('hello').toString()).toBe('000ahello\n')
    expect(encodePacket('').toString()).toBe('0004')
    expect(encodePacket('й').toString()).toBe('0006й')
    expect(encodePacket(Buffer.from([0, 255]))).toEqual(Buffer.from('0006\x00\xff', 'latin1'))
  })

  it('fills a packet of 65520 bytes and no more', () => {
    const packet = encodePacket(Buffer.alloc(LONGEST_PAYLOAD))
    expect(packet).toHaveLength(65_520)
    expect(packet.toString('latin1', 0, 4)).toBe('fff0')
    expect(() => encodePacket(Buffer.alloc(LONGEST_PAYLOAD + 1))).toThrow(RangeError)
  })

  it('cuts an error message that is too long', () => {
    expect(encodeError('no').toString()).toBe('000aERR no')
    expect(encodeError('x'.repeat(100_000))).toHaveLength(65_520)
  })
})

describe('parsePackets', () => {
  it('tells payloads from the packets that have none', () => {
    const message = Buffer.from('0006a\n0004000100020000000Bdeadbe\n')
    expect(parsePackets(message)).toEqual([
      Buffer.from('a\n'),
      Buffer.alloc(0),
      'delim',
      'response-end',
      'flush',
      Buffer.from('deadbe\n'),
    ])
  })

  it.each([
    ['0003', 'protocol error: bad line length 3'],
    ['fff1', 'protocol error: bad line length 65521'],
    ['00g0', 'protocol error: bad line length character: 00g0'],
    ['-001', 'protocol error: bad line length character: -001'],
    ['0x10', 'protocol error: bad line length character: 0x10'],
    ['\0\0\0\0', 'protocol error: bad line length character: \\u0000\\u0000\\u0000\\u0000'],
    ['PACK', 'protocol error: bad line length character: PACK'],
  ])('refuses the length %j', (digits, message) => {
    expect(() => parsePackets(Buffer.from(digits))).toThrow(new WireError(message))
  })

  it.each(['0', '000', '0005', '0006a', 'fff0'])(
    'refuses a message that ends within a packet: %s',
    (message) => {
      expect(() => parsePackets(Buffer.from(message))).toThrow(
        new WireError('the remote end hung up unexpectedly'),
      )
    },
  )

  it('leaves out the newline that ends a text, and no other', () => {
    expect(textOf(Buffer.from('have x\n'))).toBe('have x')
    expect(textOf(Buffer.from('have x'))).toBe('have x')
    expect(textOf(Buffer.from('a\n\n'))).toBe('a\n')
    expect(textOf(Buffer.from(''))).toBe('')
  })
})

const packets: fc.Arbitrary<Packet[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
    fc.constantFrom<Packet>('flush', 'delim', 'response-end'),
    {
      weight: 1,
      arbitrary: fc.integer({ min: 60_000, max: LONGEST_PAYLOAD }).map((size) => Buffer.alloc(size, 'x')),
    },
  ),
  { maxLength: 20 },
)

function encodeAll(list: readonly Packet[]): Buffer {
  const special = { flush: FLUSH, delim: DELIM, 'response-end': RESPONSE_END }
  return Buffer.concat(
    list.map((packet) => (typeof packet === 'string' ? special[packet] : encodePacket(packet))),
  )
}

/** A payload by its size. */
function nameOf(packet: Packet): string | number {
  return typeof packet === 'string' ? packet : packet.length
}

describe('PacketParser', () => {
  it('reads the same packets wherever the bytes are cut', () => {
    fc.assert(
      fc.property(packets, fc.array(fc.nat(70_000)), (list, cuts) => {
        const parser = new PacketParser()
        const found: Packet[] = []
        for (const piece of cut(encodeAll(list), cuts)) {
          parser.feed(piece)
          for (let packet = parser.next(); packet !== undefined; packet = parser.next()) found.push(packet)
        }
        parser.finish()
        // Comparing buffers item by item would take most of the time.
        expect(found.map(nameOf)).toEqual(list.map(nameOf))
        expect(encodeAll(found).equals(encodeAll(list))).toBe(true)
      }),
    )
  })

  it('reads byte by byte', () => {
    const parser = new PacketParser()
    const found: Packet[] = []
    for (const byte of Buffer.from('0006a\n00000007abc')) {
      parser.feed(Buffer.from([byte]))
      for (let packet = parser.next(); packet !== undefined; packet = parser.next()) found.push(packet)
    }
    expect(found).toEqual([Buffer.from('a\n'), 'flush', Buffer.from('abc')])
  })

  it('answers garbage with packets or a WireError, and nothing else', () => {
    const garbage = fc.array(
      fc.oneof(
        fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
        fc
          .constantFrom('0000', '0001', '0004', '0005', '0009done\n', 'fff0', '00', 'zzzz')
          .map((text) => Buffer.from(text)),
      ),
    )
    fc.assert(
      fc.property(garbage, (pieces) => {
        const parser = new PacketParser()
        let size = 0
        try {
          for (const piece of pieces) {
            parser.feed(piece)
            for (let packet = parser.next(); packet !== undefined; packet = parser.next())
              size += packet.length
          }
          parser.finish()
        } catch (error) {
          expect(error).toBeInstanceOf(WireError)
        }
        expect(size).toBeLessThanOrEqual(Buffer.concat(pieces).length * 3)
      }),
    )
  })

  it('keeps nothing of what was read', () => {
    const parser = new PacketParser()
    parser.feed(Buffer.from('0006a\n0006b\n'))
    parser.next()
    expect(Buffer.concat(parser.takeRest()).toString()).toBe('0006b\n')
    expect(parser.takeRest()).toEqual([])
  })
})

describe('PacketStream', () => {
  it('hands over what follows the packets', async () => {
    const cuts = fc.array(fc.nat(40))
    await fc.assert(
      fc.asyncProperty(cuts, async (at) => {
        const stream = new PacketStream(streamOf(cut(Buffer.from('0006a\n0000PACK and more'), at)))
        expect(await stream.read()).toEqual(Buffer.from('a\n'))
        expect(await stream.read()).toBe('flush')
        const rest: Buffer[] = []
        for await (const chunk of stream.rest()) rest.push(chunk)
        expect(Buffer.concat(rest).toString()).toBe('PACK and more')
      }),
    )
  })

  it('answers null at the end, as often as it is asked', async () => {
    const stream = new PacketStream(streamOf([FLUSH]))
    expect(await stream.read()).toBe('flush')
    expect(await stream.read()).toBeNull()
    expect(await stream.read()).toBeNull()
  })

  it('refuses a stream that ends within a packet', async () => {
    const stream = new PacketStream(streamOf([Buffer.from('0010ab')]))
    await expect(stream.read()).rejects.toThrow(new WireError('the remote end hung up unexpectedly'))
  })
})
