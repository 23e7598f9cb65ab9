import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PacketStream } from '../../../src/git/wire/packet-stream.ts'
import { readReceiveRequest } from '../../../src/git/wire/receive-request.ts'
import { WireError } from '../../../src/git/wire/wire-error.ts'
import { inPieces } from '../pack-builder.ts'

const A = 'a'.repeat(40)
const B = 'b'.repeat(40)
const ZERO = '0'.repeat(40)

const read = (bytes: string | Buffer, piece = 1000) =>
  readReceiveRequest(new PacketStream(inPieces(Buffer.from(bytes), piece)))

const line = (text: string) => (Buffer.byteLength(text) + 4).toString(16).padStart(4, '0') + text

describe('a request of receive-pack', () => {
  it('has commands, capabilities after the first one, and a flush', async () => {
    const { commands, capabilities, shallow, options } = await read(
      `0089${ZERO} ${A} refs/tags/v1\0 report-status side-band-64k agent=git` +
        `0063${A} ${ZERO} refs/heads/x\n` +
        `0000`,
    )
    expect(commands).toEqual([
      { ref: 'refs/tags/v1', before: null, after: A },
      { ref: 'refs/heads/x', before: A, after: null },
    ])
    expect([...capabilities.keys()]).toEqual(['report-status', 'side-band-64k', 'agent'])
    expect([shallow.size, options]).toEqual([0, []])
  })

  it('tells where the history of its sender is cut off', async () => {
    const { shallow, commands } = await read(
      `${line(`shallow ${A}\n`)}${line(`shallow ${B}`)}${line(`${ZERO} ${A} refs/tags/v1\0`)}0000`,
    )
    expect([...shallow]).toEqual([A, B])
    expect(commands).toHaveLength(1)
  })

  it('has options when it took up push-options', async () => {
    const command = line(`${ZERO} ${A} refs/tags/v1\0 push-options`)
    expect((await read(`${command}0000${line('ci.skip')}${line('a=b c\n')}0000PACK`)).options).toEqual([
      'ci.skip',
      'a=b c',
    ])
    expect((await read(`${command.replace('push-options', 'report-statu')}0000PACK`)).options).toEqual([])
  })

  it('may be a flush and nothing else', async () => {
    expect((await read('0000')).commands).toEqual([])
  })

  it('knows names of refs in any script, and ids in capital letters', async () => {
    const { commands } = await read(`${line(`${ZERO} ${A.toUpperCase()} refs/tags/выпуск-1`)}0000`)
    expect(commands).toEqual([{ ref: 'refs/tags/выпуск-1', before: null, after: A }])
  })

  it.each([
    ['no command', line('hello'), "protocol error: expected old/new/ref, got 'hello'"],
    [
      'an id that is too short',
      line(`${A} b refs/tags/v1`),
      `protocol error: expected old/new/ref, got '${A} b refs/tags/v1'`,
    ],
    ['a push certificate', line('push-cert\0caps'), "protocol error: expected old/new/ref, got 'push-cert'"],
    ['a cut at nothing', line('shallow x'), "protocol error: expected shallow sha, got 'x'"],
    [
      'another object format',
      `${line(`${ZERO} ${A} refs/tags/v1\0 object-format=sha256`)}0000`,
      'mismatched object format: server sha1; client sha256',
    ],
    ['a delimiter', '0001', 'protocol error: got an unexpected packet'],
    ['no end', line(`${ZERO} ${A} refs/tags/v1`), 'the remote end hung up unexpectedly'],
    ['nothing', '', 'the remote end hung up unexpectedly'],
    ['a bad length', 'zzzz', 'protocol error: bad line length character: zzzz'],
  ])('is refused with %s', async (_what, bytes, message) => {
    await expect(read(bytes)).rejects.toThrow(new WireError(message))
  })

  it('is read or refused, whatever its bytes and however they are cut', async () => {
    const some = fc.oneof(
      fc.constantFrom(
        '0000',
        line(`${ZERO} ${A} refs/tags/v1\0 push-options`),
        line('shallow x'),
        '0004',
        'PACK',
      ),
      fc.string({ maxLength: 30, unit: 'binary' }),
      fc.string({ maxLength: 30 }).map(line),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(some, { maxLength: 6 }),
        fc.integer({ min: 1, max: 50 }),
        async (parts, piece) => {
          const outcome = await read(parts.join(''), piece).catch((error) => error)
          if (outcome instanceof Error) expect(outcome).toBeInstanceOf(WireError)
          else expect(outcome.commands).toBeInstanceOf(Array)
        },
      ),
      { numRuns: 2000 },
    )
  })
})
