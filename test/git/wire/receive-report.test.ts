import { describe, expect, it } from 'vitest'
import { parseCapabilities } from '../../../src/git/wire/capabilities.ts'
import { encodeOutcome, type ReceiveOutcome } from '../../../src/git/wire/receive-report.ts'
import { readAnswer } from './push-request.ts'

const outcome: ReceiveOutcome = {
  unpack: 'ok',
  results: [
    { ref: 'refs/heads/main', refused: null },
    { ref: 'refs/tags/v1', refused: 'pre-receive hook declined' },
  ],
  messages: ['GitLab: no.'],
}

function encode(capabilities: string, what = outcome): Buffer {
  const request = {
    commands: [],
    shallow: new Set<string>(),
    options: [],
    capabilities: parseCapabilities(capabilities),
  }
  return Buffer.concat([...encodeOutcome(what, request)])
}

describe('the answer to a push', () => {
  const lines = '000eunpack ok\n0017ok refs/heads/main\n002eng refs/tags/v1 pre-receive hook declined\n0000'

  it.each(['report-status', 'report-status-v2', 'report-status report-status-v2 quiet'])(
    'is a line for the pack and one for each ref: %s',
    (capabilities) => {
      expect(encode(capabilities).toString()).toBe(lines)
    },
  )

  it('comes over channels when the client takes them, words for the user first', () => {
    expect(encode('report-status side-band-64k').toString()).toBe(
      `0011\x02GitLab: no.\n${(lines.length + 5).toString(16).padStart(4, '0')}\x01${lines}0000`,
    )
  })

  it('is empty for a client that asks for nothing', () => {
    expect(encode('atomic').toString()).toBe('')
    expect(encode('side-band-64k').toString()).toBe('0011\x02GitLab: no.\n0000')
  })

  it('fills as many packets as it needs', () => {
    const results = Array.from({ length: 5000 }, (_, i) => ({ ref: `refs/tags/v${i}`, refused: null }))
    const bytes = encode('report-status side-band-64k', { unpack: 'ok', results, messages: [] })
    expect(readAnswer(bytes, true).report).toEqual([
      'unpack ok\n',
      ...results.map(({ ref }) => `ok ${ref}\n`),
    ])
  })

  it('shortens a reason that would not fit a packet', () => {
    const ref = `refs/tags/${'й'.repeat(32_700)}`
    const bytes = encode('report-status', {
      unpack: 'ok',
      results: [{ ref, refused: 'y'.repeat(200) }],
      messages: [],
    })
    const [, line = ''] = readAnswer(bytes, false).report
    expect(line.startsWith(`ng ${ref} yyyy`)).toBe(true)
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(65_516)
  })
})
