import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Repository } from '../../../src/git/repository.ts'
import { parsePackets } from '../../../src/git/wire/packet-parser.ts'
import { PacketStream } from '../../../src/git/wire/packet-stream.ts'
import { encodeLine, FLUSH } from '../../../src/git/wire/pkt-line.ts'
import { uploadPack } from '../../../src/git/wire/upload-pack.ts'
import { WireError } from '../../../src/git/wire/wire-error.ts'
import { cut, gather, streamOf } from './pieces.ts'
import { sampleRepository } from './sample.ts'

const { repository, commits, tag } = sampleRepository()
const [first, second, third] = commits as [string, string, string]
const UNKNOWN = 'e'.repeat(40)

/** `0000` stands for a flush. */
function message(...lines: string[]): Buffer {
  return Buffer.concat(lines.map((line) => (line === '0000' ? FLUSH : encodeLine(line))))
}

function ask(...lines: string[]): Promise<Buffer> {
  return gather(uploadPack(repository, new PacketStream(streamOf([message(...lines)]))))
}

/** The lines before the pack. */
async function linesFor(...lines: string[]): Promise<string[]> {
  const answer = (await ask(...lines)).toString('latin1')
  const pack = answer.search(/(?:[0-9a-f]{4}[\x01\x02])?(?:PACK|Enumerating)/)
  return parsePackets(Buffer.from(pack < 0 ? answer : answer.slice(0, pack), 'latin1')).map(String)
}

const hasPack = async (...lines: string[]) => (await ask(...lines)).includes('PACK')

describe('upload-pack, protocol 0', () => {
  it('sends a bare pack to a client without side-band', async () => {
    const answer = await ask(`want ${third}`, '0000', 'done')
    expect(answer.toString('latin1', 0, 12)).toBe('0008NAK\nPACK')
  })

  it('frames the pack for a client that can take it apart', async () => {
    const wide = await ask(`want ${third} side-band-64k no-progress`, '0000', 'done')
    expect(wide.toString('latin1', 8)).toMatch(/^[0-9a-f]{4}\x01PACK/)
    expect(wide.subarray(-4)).toEqual(FLUSH)
    const told = await ask(`want ${third} side-band`, '0000', 'done')
    expect(told.toString('latin1', 8)).toMatch(
      /^[0-9a-f]{4}\x02Enumerating objects: 11, done\.\n[0-9a-f]{4}\x01PACK/,
    )
  })

  it('acknowledges the first common object to an old client', async () => {
    const wanted = `want ${third}`
    expect(await linesFor(wanted, '0000', `have ${second}`, `have ${first}`, '0000')).toEqual([
      `ACK ${second}\n`,
    ])
    expect(await linesFor(wanted, '0000', `have ${UNKNOWN}`, '0000')).toEqual(['NAK\n'])
    expect(await linesFor(wanted, '0000', `have ${second}`, 'done')).toEqual([`ACK ${second}\n`])
  })

  it('acknowledges every common object to a client with multi_ack', async () => {
    const wanted = `want ${third} multi_ack`
    expect(await linesFor(wanted, '0000', `have ${second}`, `have ${UNKNOWN}`, '0000')).toEqual([
      `ACK ${second} continue\n`,
      `ACK ${UNKNOWN} continue\n`,
      'NAK\n',
    ])
    expect(await linesFor(wanted, '0000', `have ${second}`, 'done')).toEqual([
      `ACK ${second} continue\n`,
      `ACK ${second}\n`,
    ])
  })

  it('says when it has heard enough to a client with multi_ack_detailed', async () => {
    const wanted = `want ${third} multi_ack_detailed`
    expect(await linesFor(wanted, '0000', `have ${UNKNOWN}`, '0000')).toEqual(['NAK\n'])
    expect(await linesFor(wanted, '0000', `have ${second}`, '0000')).toEqual([
      `ACK ${second} common\n`,
      `ACK ${second} ready\n`,
      'NAK\n',
    ])
    expect(await hasPack(wanted, '0000', `have ${second}`, '0000')).toBe(false)
  })

  it('sends the pack at once to a client that can do without done', async () => {
    const lines = [`want ${third} multi_ack_detailed no-done`, '0000', `have ${second}`, '0000']
    expect(await linesFor(...lines)).toEqual([
      `ACK ${second} common\n`,
      `ACK ${second} ready\n`,
      'NAK\n',
      `ACK ${second}\n`,
    ])
    expect(await hasPack(...lines)).toBe(true)
  })

  it('says where the history will be cut, before anything else', async () => {
    const wanted = [`want ${third} multi_ack_detailed`, 'deepen 2', '0000']
    expect(await linesFor(...wanted)).toEqual([`shallow ${second}\n`, 'flush'])
    expect(await linesFor(...wanted, 'done')).toEqual([`shallow ${second}\n`, 'flush', 'NAK\n'])
    expect(await linesFor(`want ${third}`, `shallow ${third}`, 'deepen 2', '0000', 'done')).toEqual([
      `shallow ${second}\n`,
      `unshallow ${third}\n`,
      'flush',
      'NAK\n',
    ])
  })

  it('answers nothing to a client that wants nothing', async () => {
    expect(await ask('0000')).toHaveLength(0)
    expect(await gather(uploadPack(repository, new PacketStream(streamOf([]))))).toHaveLength(0)
  })

  it.each([
    [[`want ${UNKNOWN}`, '0000', 'done'], `upload-pack: not our ref ${UNKNOWN}`],
    [['want x', '0000'], "git upload-pack: protocol error, expected to get oid, not 'want x'"],
    [['have x', '0000'], "git upload-pack: protocol error, expected to get oid, not 'have x'"],
    [[`want ${third}`, 'deepen 0', '0000'], 'Invalid deepen: 0'],
    [[`want ${third}`, 'deepen-since x', '0000'], 'Invalid deepen-since: x'],
    [[`want ${third}`, 'deepen-not nope', '0000'], 'git upload-pack: deepen-not is not a ref: nope'],
    [
      [`want ${third}`, 'deepen 1', 'deepen-since 5', '0000'],
      'deepen and deepen-since (or deepen-not) cannot be used together',
    ],
    [[`want ${third}`, 'deepen-since 99', '0000'], 'no commits selected for shallow requests'],
    [[`want ${third}`, 'filter blob:some', '0000'], "invalid filter-spec 'blob:some'"],
    [[`want ${third}`, `shallow ${tag}`, '0000'], `invalid shallow object ${tag}`],
    [
      [`want ${third} object-format=sha256`, '0000', 'done'],
      'mismatched object format: server sha1; client sha256',
    ],
    [[`want ${third}`, '0000', 'hello'], "git upload-pack: expected SHA1 list, got 'hello'"],
  ])('refuses %j', async (lines, error) => {
    await expect(ask(...lines)).rejects.toThrow(new WireError(error))
  })

  it('answers any request, or refuses it with a WireError', async () => {
    const line = fc.oneof(
      fc.constantFrom(
        '0000',
        'done',
        'deepen 1',
        'deepen-relative',
        'deepen-not v1',
        'deepen-since 2',
        'filter tree:1',
        'filter blob:none',
      ),
      fc
        .record({
          word: fc.constantFrom('want', 'have', 'shallow'),
          oid: fc.constantFrom(first, second, third, tag, UNKNOWN),
        })
        .map(({ word, oid }) => `${word} ${oid}`),
      fc
        .constantFrom(
          'side-band',
          'side-band-64k multi_ack_detailed no-done',
          'multi_ack include-tag',
          'deepen-relative',
        )
        .map((words) => `want ${third} ${words}`),
      { weight: 1, arbitrary: fc.string({ maxLength: 20 }) },
    )
    const request = fc.record({
      lines: fc.array(line, { maxLength: 12 }),
      cuts: fc.array(fc.nat(600)),
      end: fc.nat(600),
    })
    await fc.assert(
      fc.asyncProperty(request, async ({ lines, cuts, end }) => {
        const pieces = cut(message(...lines).subarray(0, end), cuts)
        try {
          await gather(uploadPack(repository, new PacketStream(streamOf(pieces))))
        } catch (error) {
          expect(error).toBeInstanceOf(WireError)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('takes no more memory for a client that wants the same again and again', async () => {
    async function* repeat(): AsyncGenerator<Buffer> {
      const lines = message(...Array.from({ length: 1000 }, () => `want ${tag}`))
      for (let i = 0; i < 100; i += 1) yield lines
      yield message('0000', 'done')
    }
    const answer = await gather(uploadPack(repository, new PacketStream(repeat())))
    expect(answer.readUInt32BE('0008NAK\nPACK'.length + 4)).toBe(6)
  })

  it('serves an empty repository that has been asked for nothing', async () => {
    expect(
      await gather(uploadPack(Repository.create('main'), new PacketStream(streamOf([FLUSH])))),
    ).toHaveLength(0)
  })
})
