import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Repository } from '../../../src/git/repository.ts'
import { parsePackets } from '../../../src/git/wire/packet-parser.ts'
import { PacketStream } from '../../../src/git/wire/packet-stream.ts'
import { DELIM, encodeLine, FLUSH, RESPONSE_END } from '../../../src/git/wire/pkt-line.ts'
import { serveCommand } from '../../../src/git/wire/upload-pack-v2.ts'
import { WireError } from '../../../src/git/wire/wire-error.ts'
import { cut, gather, streamOf } from './pieces.ts'
import { sampleRepository } from './sample.ts'

const { repository, commits, tag, nested } = sampleRepository()
const [first, second, third] = commits as [string, string, string]
const UNKNOWN = 'e'.repeat(40)
const SPECIAL = new Map([
  ['0000', FLUSH],
  ['0001', DELIM],
  ['0002', RESPONSE_END],
])

function message(...lines: string[]): Buffer {
  return Buffer.concat(lines.map((line) => SPECIAL.get(line) ?? encodeLine(line)))
}

async function ask(command: string, lines: readonly string[], from = repository): Promise<string[]> {
  const request = message(`command=${command}`, 'agent=test', 'object-format=sha1', '0001', ...lines, '0000')
  const answer = await gather(serveCommand(from, new PacketStream(streamOf([request]))))
  return parsePackets(answer).map((packet) => {
    if (typeof packet === 'string') return packet
    return packet[0] === 1 ? `data ${packet.subarray(1, 5)}` : packet.toString()
  })
}

describe('ls-refs', () => {
  it('lists refs with what was asked for', async () => {
    expect(await ask('ls-refs', [])).toEqual([
      `${third} HEAD\n`,
      `${third} refs/heads/main\n`,
      `${first} refs/notes/commits\n`,
      `${first} refs/tags/light\n`,
      `${tag} refs/tags/v1\n`,
      `${nested} refs/tags/v1-again\n`,
      'flush',
    ])
    expect(await ask('ls-refs', ['peel', 'symrefs', 'ref-prefix HEAD', 'ref-prefix refs/tags/'])).toEqual([
      `${third} HEAD symref-target:refs/heads/main\n`,
      `${first} refs/tags/light\n`,
      `${tag} refs/tags/v1 peeled:${first}\n`,
      `${nested} refs/tags/v1-again peeled:${first}\n`,
      'flush',
    ])
  })

  it('tells of a HEAD that is yet to be born to those who ask', async () => {
    const empty = Repository.create('trunk')
    expect(await ask('ls-refs', ['symrefs', 'unborn'], empty)).toEqual([
      'unborn HEAD symref-target:refs/heads/trunk\n',
      'flush',
    ])
    expect(await ask('ls-refs', ['symrefs'], empty)).toEqual(['flush'])
    expect(await ask('ls-refs', ['symrefs', 'unborn', 'ref-prefix refs/'], empty)).toEqual(['flush'])
  })

  it('lists everything to who asks for too much', async () => {
    const prefixes = Array.from({ length: 65_537 }, (_, i) => `ref-prefix refs/none/${i}`)
    expect(await ask('ls-refs', prefixes)).toHaveLength(7)
  })

  it('refuses other arguments', async () => {
    await expect(ask('ls-refs', ['colour'])).rejects.toThrow(new WireError("unexpected line: 'colour'"))
  })
})

describe('fetch', () => {
  /** The answer up to the pack. */
  async function fetch(...lines: string[]): Promise<string[]> {
    const answer = await ask('fetch', ['no-progress', ...lines])
    const pack = answer.indexOf('packfile\n')
    return pack < 0 ? answer : answer.slice(0, pack + 2)
  }
  const PACK = ['packfile\n', 'data PACK']

  it('sends the pack to a client that has nothing, or is done', async () => {
    expect(await fetch(`want ${third}`, 'done')).toEqual(PACK)
    expect(await fetch(`want ${third}`)).toEqual(PACK)
    expect(await fetch(`want ${third}`, `have ${second}`, 'done')).toEqual(PACK)
  })

  it('acknowledges what is common, and sends the pack when that is enough', async () => {
    expect(await fetch(`want ${third}`, `have ${UNKNOWN}`)).toEqual(['acknowledgments\n', 'NAK\n', 'flush'])
    expect(await fetch(`want ${third}`, `have ${UNKNOWN}`, `have ${first}`, `have ${first}`)).toEqual([
      'acknowledgments\n',
      `ACK ${first}\n`,
      'ready\n',
      'delim',
      ...PACK,
    ])
  })

  it('waits for done when asked to', async () => {
    expect(await fetch(`want ${third}`, `have ${first}`, 'wait-for-done')).toEqual([
      'acknowledgments\n',
      `ACK ${first}\n`,
      'flush',
    ])
  })

  it('says where the history will be cut', async () => {
    expect(await fetch(`want ${third}`, 'deepen 1', 'done')).toEqual([
      'shallow-info\n',
      `shallow ${third}\n`,
      'delim',
      ...PACK,
    ])
    expect(await fetch(`want ${third}`, `shallow ${third}`, 'deepen-relative', 'deepen 1', 'done')).toEqual([
      'shallow-info\n',
      `shallow ${second}\n`,
      `unshallow ${third}\n`,
      'delim',
      ...PACK,
    ])
    expect(await fetch(`want ${third}`, 'deepen-not v1', 'done')).toEqual([
      'shallow-info\n',
      `shallow ${second}\n`,
      'delim',
      ...PACK,
    ])
  })

  it('takes wants by name', async () => {
    expect(await fetch('want-ref refs/tags/v1', 'done')).toEqual([
      'wanted-refs\n',
      `${tag} refs/tags/v1\n`,
      'delim',
      ...PACK,
    ])
    await expect(fetch('want-ref refs/tags/none', 'done')).rejects.toThrow(
      new WireError('unknown ref refs/tags/none'),
    )
  })

  it('answers nothing to a client that wants nothing', async () => {
    expect(await fetch('done')).toEqual([])
  })

  it('refuses other arguments', async () => {
    await expect(fetch('colour')).rejects.toThrow(new WireError("unexpected line: 'colour'"))
    await expect(fetch(`want ${UNKNOWN}`)).rejects.toThrow(
      new WireError(`upload-pack: not our ref ${UNKNOWN}`),
    )
  })
})

describe('object-info', () => {
  it('tells the sizes of objects', async () => {
    expect(await ask('object-info', ['size', `oid ${tag}`, `oid ${UNKNOWN}`])).toEqual([
      'size\n',
      `${tag} ${repository.objects.read(tag)!.data.length}\n`,
      `${UNKNOWN} \n`,
      'flush',
    ])
  })

  it('refuses other arguments', async () => {
    await expect(ask('object-info', ['type'])).rejects.toThrow(
      new WireError("object-info: unexpected line: 'type'"),
    )
  })
})

describe('any command', () => {
  it('is answered, or refused with a WireError', async () => {
    const line = fc.oneof(
      fc.constantFrom(
        'command=fetch',
        'command=ls-refs',
        'command=object-info',
        'agent=x',
        'server-option=y',
      ),
      fc.constantFrom('0000', '0001', '0001', '0002'),
      fc.constantFrom(
        'done',
        'peel',
        'symrefs',
        'size',
        'deepen 2',
        'include-tag',
        'wait-for-done',
        'filter tree:1',
      ),
      fc
        .tuple(fc.constantFrom('want', 'have', 'shallow', 'oid'), fc.constantFrom(first, third, tag, UNKNOWN))
        .map((words) => words.join(' ')),
      fc.string({ maxLength: 20 }),
    )
    const request = fc.record({
      lines: fc.array(line, { maxLength: 12 }),
      cuts: fc.array(fc.nat(400)),
      end: fc.nat(600),
    })
    const begun = ['command=fetch', '0001']
    await fc.assert(
      fc.asyncProperty(request, fc.boolean(), async ({ lines, cuts, end }, isFetch) => {
        const whole = message(...(isFetch ? begun : []), ...lines)
        try {
          await gather(
            serveCommand(repository, new PacketStream(streamOf(cut(whole.subarray(0, end), cuts)))),
          )
        } catch (error) {
          expect(error).toBeInstanceOf(WireError)
        }
      }),
      { numRuns: 500 },
    )
  })
})
